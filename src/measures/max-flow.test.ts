import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowGraph } from './max-flow.ts';

type Edge = readonly [from: number, to: number, capacity: number];

function flowOf(nodes: number, edges: readonly Edge[]): number {
  const graph = new FlowGraph(nodes);
  for (const edge of edges) graph.addEdge(...edge);
  return graph.computeFlow(0, nodes - 1);
}

/** The smallest cut over all ways to part the nodes: the largest flow, by the theorem of Ford and Fulkerson. */
function smallestCut(nodes: number, edges: readonly Edge[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let sides = 0; sides < 1 << nodes; sides++) {
    const isHere = (node: number): boolean => ((sides >> node) & 1) === 1;
    if (!isHere(0) || isHere(nodes - 1)) continue;
    const cut = edges.reduce(
      (sum, [from, to, capacity]) => sum + (isHere(from) && !isHere(to) ? capacity : 0),
      0,
    );
    smallest = Math.min(smallest, cut);
  }
  return smallest;
}

describe('the largest flow', () => {
  it('is the sum side by side and the smallest in a row', () => {
    expect(
      flowOf(2, [
        [0, 1, 0.3],
        [0, 1, 0.2],
      ]),
    ).toBeCloseTo(0.5, 12);
    expect(
      flowOf(3, [
        [0, 1, 4],
        [1, 2, 3],
      ]),
    ).toBe(3);
  });

  it('takes back what an earlier path took', () => {
    // The path 0 1 2 3 blocks both others until it is undone.
    const edges: Edge[] = [
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
      [0, 2, 1],
      [1, 3, 1],
    ];
    expect(flowOf(4, edges)).toBe(2);
  });

  it('is 0 without a path', () => {
    expect(flowOf(3, [[0, 1, 5]])).toBe(0);
    expect(flowOf(2, [])).toBe(0);
    expect(flowOf(2, [[0, 1, 0]])).toBe(0);
  });

  it('leaves the graph as it was', () => {
    const graph = new FlowGraph(2);
    graph.addEdge(0, 1, 2);
    expect([graph.computeFlow(0, 1), graph.computeFlow(0, 1)]).toEqual([2, 2]);
  });

  it('equals the smallest cut of any small graph', () => {
    const graphs = fc.integer({ min: 2, max: 7 }).chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        edges: fc.array(
          fc.tuple(
            fc.nat(nodes - 1),
            fc.nat(nodes - 1),
            fc.double({ min: 0, max: 1, noNaN: true }),
          ),
          { maxLength: 20 },
        ),
      }),
    );
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        expect(Math.abs(flowOf(nodes, edges) - smallestCut(nodes, edges))).toBeLessThan(1e-9);
      }),
      { numRuns: 300 },
    );
  });
});
