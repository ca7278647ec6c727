import type { Activation } from '../model-config.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** √(2/π) and the cubic's factor of the tanh form of GELU (Hendrycks & Gimpel 2016). */
const ROOT = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/** Adds an activation to a graph, in operators that every backend has, and returns its output. */
export function writeActivation(g: GraphBuilder, x: string, activation: Activation): string {
  const half = (inner: string): string =>
    g.node('Mul', [g.node('Mul', [x, g.scalar(0.5)]), g.node('Add', [inner, g.scalar(1)])]);
  switch (activation) {
    case 'silu':
      return g.node('Mul', [x, g.node('Sigmoid', [x])]);
    case 'relu':
      return g.node('Relu', [x]);
    case 'gelu':
      return half(g.node('Erf', [g.node('Mul', [x, g.scalar(Math.SQRT1_2)])]));
    case 'gelu-tanh': {
      const cube = g.node('Mul', [g.node('Mul', [x, x]), x]);
      const inner = g.node('Add', [x, g.node('Mul', [cube, g.scalar(CUBIC)])]);
      return half(g.node('Tanh', [g.node('Mul', [inner, g.scalar(ROOT)])]));
    }
  }
}
