import { ElementType, GraphBuilder } from './graph-builder.ts';

/** Which of the two matrices are taken turned. */
export interface ProductForm {
  readonly turnsA?: boolean;
  readonly turnsB?: boolean;
}

/** A graph without weights: the product of two matrices, `a` and `b`, either taken turned; output `product`. */
export function writeProductGraph({
  turnsA = false,
  turnsB = false,
}: ProductForm): Uint8Array<ArrayBuffer> {
  const { float32 } = ElementType;
  const g = new GraphBuilder();
  const a = g.input('a', float32, turnsA ? ['K', 'M'] : ['M', 'K']);
  const b = g.input('b', float32, turnsB ? ['N', 'K'] : ['K', 'N']);
  g.node('Gemm', [a, b], { transA: Number(turnsA), transB: Number(turnsB) }, 'product');
  g.output('product', float32, ['M', 'N']);
  return g.finish('product');
}
