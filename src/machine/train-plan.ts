import type { GroupCsrs } from '../sequence/issued-operation.ts';

/** How one vector pair becomes pulse trains. */
export interface TrainPlan {
  /** Slots of a train; 0 = nothing to do. */
  readonly length: number;
  /** p(x) = min(1, rowFactor |x|), p(d) = min(1, columnFactor |d|). */
  readonly rowFactor: number;
  readonly columnFactor: number;
}

const nothing: TrainPlan = { length: 0, rowFactor: 0, columnFactor: 0 };

/**
 * Length and probabilities of stochastic trains for an update of `rate` x d^T (rate >= 0), where one pulse is worth `unit`:
 *
 *   k = rate x_m d_m / unit;  BL = min(ceil k, longest) with length management, else longest
 *   p = sqrt(rate / (unit BL)); with update management the larger of x and d gives, so that both maxima fire equally often
 *
 * Beyond the longest train (k > longest) the rows fire at most always and the update is what the trains can carry. Source: Gokmen
 * and Vlasov 2016; aihwkit sparse_bit_line_maker.cpp, rpu_pulsed_meta_parameter.cpp.
 */
export function planTrains(
  csrs: Pick<GroupCsrs, 'updateLength' | 'updateManagement' | 'lengthManagement'>,
  rate: number,
  unit: number,
  largestX: number,
  largestD: number,
): TrainPlan {
  const wanted = (rate * largestX * largestD) / unit;
  if (!(wanted > 0)) return nothing;
  const longest = csrs.updateLength;
  const length = csrs.lengthManagement ? Math.min(Math.ceil(wanted), longest) : longest;
  const factor = Math.sqrt(rate / (unit * length));
  if (!csrs.updateManagement && !csrs.lengthManagement) return { length, rowFactor: factor, columnFactor: factor };
  const held = wanted > longest ? (largestD * longest) / wanted : largestD;
  return { length, rowFactor: factor * Math.sqrt(held / largestX), columnFactor: factor * Math.sqrt(largestX / held) };
}
