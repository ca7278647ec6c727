/** A directed graph with capacities; edges are added in pairs, forth and back (residual). */
export class FlowGraph {
  private readonly heads: number[] = [];
  private readonly capacities: number[] = [];
  private readonly next: number[] = [];
  private readonly first: Int32Array;

  constructor(readonly nodeCount: number) {
    this.first = new Int32Array(nodeCount).fill(-1);
  }

  /** Adds an edge; `capacity` is finite and not negative, in whatever unit the flow is to have. */
  addEdge(from: number, to: number, capacity: number): void {
    this.push(from, to, capacity);
    this.push(to, from, 0);
  }

  private push(from: number, to: number, capacity: number): void {
    this.heads.push(to);
    this.capacities.push(capacity);
    this.next.push(this.first[from]);
    this.first[from] = this.heads.length - 1;
  }

  /**
   * The largest flow from one node to another (Dinic 1970: shortest augmenting paths, level by level); the
   * graph itself stays as it is. An edge with less left than 1e-12 of the largest capacity counts as used
   * up: crumbs of rounding are not sent on. 0 where there is no path, infinite from a node to itself. Two
   * edges of .3 and .2 side by side: .5.
   */
  computeFlow(source: number, sink: number): number {
    const heads = Int32Array.from(this.heads);
    const next = Int32Array.from(this.next);
    const left = Float64Array.from(this.capacities);
    const tolerance = 1e-12 * left.reduce((largest, each) => Math.max(largest, each), 0);
    const levels = new Int32Array(this.nodeCount);
    const edges = new Int32Array(this.nodeCount);
    const queue = new Int32Array(this.nodeCount);
    const path = new Int32Array(this.nodeCount);

    /** Distances from the source by edges with something left; whether the sink is reached. */
    const findLevels = (): boolean => {
      levels.fill(-1);
      levels[source] = 0;
      queue[0] = source;
      for (let taken = 0, count = 1; taken < count; taken++) {
        const node = queue[taken];
        for (let edge = this.first[node]; edge >= 0; edge = next[edge]) {
          if (left[edge] <= tolerance || levels[heads[edge]] >= 0) continue;
          levels[heads[edge]] = levels[node] + 1;
          queue[count++] = heads[edge];
        }
      }
      return levels[sink] >= 0;
    };
    /** Sends what one shortest path takes; 0 when none is left. `edges` remembers the edges not yet tried. */
    const sendAlongPath = (): number => {
      let node = source;
      let length = 0;
      while (node !== sink) {
        let edge = edges[node];
        while (edge >= 0 && !(left[edge] > tolerance && levels[heads[edge]] === levels[node] + 1))
          edge = next[edge];
        edges[node] = edge;
        if (edge >= 0) {
          path[length++] = edge;
          node = heads[edge];
        } else {
          if (length === 0) return 0;
          // A dead end: the edge that led here is not tried again.
          node = heads[path[--length] ^ 1];
          edges[node] = next[edges[node]];
        }
      }
      let sent = Number.POSITIVE_INFINITY;
      for (let i = 0; i < length; i++) sent = Math.min(sent, left[path[i]]);
      for (let i = 0; i < length; i++) {
        left[path[i]] -= sent;
        left[path[i] ^ 1] += sent;
      }
      return sent;
    };

    if (source === sink) return Number.POSITIVE_INFINITY;
    let flow = 0;
    while (findLevels()) {
      edges.set(this.first);
      for (let sent = sendAlongPath(); sent > 0; sent = sendAlongPath()) flow += sent;
    }
    return flow;
  }
}
