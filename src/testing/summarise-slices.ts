export { summariseSlices } from '../tensor/summarise-slices.ts';
