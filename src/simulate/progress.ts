/** Where long work says how far it is. The command line draws it; tests and workers pass `silentProgress`. */
export interface Progress {
  /** Opens a stage of `total` steps (unknown when absent). Stages do not overlap. */
  stage(name: string, total?: number): ProgressStage;
}

export interface ProgressStage {
  update(done: number, note?: string): void;
  done(note?: string): void;
}

export const silentProgress: Progress = { stage: () => ({ update: () => {}, done: () => {} }) };
