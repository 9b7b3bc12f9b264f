import { interpolate, type NodeTable } from './node-table.ts';

/**
 * Energy and area of CMOS between technology nodes, relative to 45 nm at 1.0 V. Never applied to the cells, kT/C noise,
 * pads, interfaces or DRAM.
 */
export const scalingSource = 'Stillmaker & Baas 2017, polynomials as in Accelergy hwcomponents techscaling.py';

/** f(V) = a V^2 + b V + c, relative switching energy of one node. */
const energyA: NodeTable = [
  [7, 0.1776],
  [10, 0.2068],
  [14, 0.2363],
  [16, 0.2958],
  [20, 0.373],
  [32, 0.9559],
  [45, 1.103],
  [65, 3.755],
  [90, 4.762],
  [130, 7.171],
];
const energyB: NodeTable = [
  [7, -0.09097],
  [10, -0.09311],
  [14, -0.09675],
  [16, -0.1241],
  [20, -0.1582],
  [32, -0.7823],
  [45, -0.362],
  [65, -4.398],
  [90, -4.781],
  [130, -6.709],
];
const energyC: NodeTable = [
  [7, 0.02447],
  [10, 0.02375],
  [14, 0.02239],
  [16, 0.03024],
  [20, 0.04104],
  [32, 0.471],
  [45, 0.2767],
  [65, 1.975],
  [90, 2.092],
  [130, 2.904],
];

/** Nominal supply by node, V (NeuroSim V2.1 Technology.cpp; 40 nm and nodes between: interpolated). */
const supplies: NodeTable = [
  [7, 0.7],
  [10, 0.75],
  [14, 0.8],
  [22, 0.85],
  [28, 0.9],
  [32, 0.9],
  [45, 1.0],
  [65, 1.1],
  [90, 1.2],
  [130, 1.3],
];

/** Logic area relative to 45 nm. */
const areas: NodeTable = [
  [7, 0.059],
  [14, 0.17],
  [22, 0.252],
  [28, 0.377],
  [32, 0.46],
  [45, 1],
  [65, 1.5],
  [130, 6.4],
];

export const nodeRange = { minimum: 7, maximum: 130 } as const;

/** Nominal supply voltage of a node, V. */
export const nominalSupplyV = (nodeNm: number): number => interpolate(supplies, nodeNm, 'linear');

function switchingEnergy(nodeNm: number, supplyV: number): number {
  const at = (table: NodeTable): number => interpolate(table, nodeNm, 'linear');
  return at(energyA) * supplyV * supplyV + at(energyB) * supplyV + at(energyC);
}

/** Energy of a CMOS event at a node and supply, relative to the same event at 45 nm and 1.0 V. */
export const energyScale = (nodeNm: number, supplyV: number = nominalSupplyV(nodeNm)): number =>
  switchingEnergy(nodeNm, supplyV) / switchingEnergy(45, 1.0);

/** Area of CMOS logic at a node relative to 45 nm. */
export const areaScale = (nodeNm: number): number => interpolate(areas, nodeNm, 'log');
