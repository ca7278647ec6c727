import { ElementType, type GraphBuilder } from './graph-builder.ts';

/**
 * What is kept of the attention when the matrices themselves are let go.
 *
 * Inputs: `mass_features` [S+T,3] = (position, 1 unless first, 1 for the first four);
 * `entropy_features` [S+T,2] = (-1, -1 unless first); `picks` [T,2] int64 = the query's own and its
 * previous position; `strongest` [1] int64 = how many keys to keep; `tile_padding` [6] int64 and
 * `tile_columns` [4], `tile_rows` [4] int64 = how the matrix is cut into tiles.
 *
 * Outputs: `mass` [H,T,3], `entropy` [H,T,2], `picked` [H,T,2], `strongest_weights` and `strongest_keys`
 * [H,T,k], `tile_max`, `tile_sum` [H,rows,columns].
 */
export function writeReductions(g: GraphBuilder, attention: string, H: number): void {
  const { float32, int64 } = ElementType;
  const massFeatures = g.input('mass_features', float32, ['K', 3]);
  g.node('MatMul', [attention, massFeatures], {}, 'mass');
  g.output('mass', float32, [H, 'T', 3]);

  // The floor keeps ln finite where a weight underflowed to 0; such a term is 0 all the same.
  const logarithm = g.node('Log', [g.node('Max', [attention, g.scalar(1e-37)])]);
  const entropyFeatures = g.input('entropy_features', float32, ['K', 2]);
  const terms = g.node('Mul', [attention, logarithm]);
  g.node('MatMul', [terms, entropyFeatures], {}, 'entropy');
  g.output('entropy', float32, [H, 'T', 2]);

  const picks = g.input('picks', int64, ['T', 2]);
  const picksPerHead = g.node('Expand', [picks, g.integers([H, 1, 1])]);
  g.node('GatherElements', [attention, picksPerHead], { axis: 2 }, 'picked');
  g.output('picked', float32, [H, 'T', 2]);

  const strongest = g.input('strongest', int64, [1]);
  g.nodes('TopK', [attention, strongest], ['strongest_weights', 'strongest_keys'], { axis: -1 });
  g.output('strongest_weights', float32, [H, 'T', 'N']);
  g.output('strongest_keys', int64, [H, 'T', 'N']);

  const padded = g.node('Pad', [attention, g.input('tile_padding', int64, [6])]);
  const columns = g.node('Reshape', [padded, g.input('tile_columns', int64, [4])]);
  const tileRows = g.input('tile_rows', int64, [4]);
  for (const [operator, output] of [
    ['ReduceMax', 'tile_max'],
    ['ReduceSum', 'tile_sum'],
  ]) {
    const narrow = g.node(operator, [columns, g.integers([3])], { keepdims: 0 });
    const rows = g.node('Reshape', [narrow, tileRows]);
    g.node(operator, [rows, g.integers([2])], { keepdims: 0 }, output);
    g.output(output, float32, [H, 'R', 'C']);
  }
}
