/** A seeded generator of numbers in [0, 1) (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The choice and its probability under the model itself, before temperature and top-p. */
export interface SampledToken {
  readonly id: number;
  readonly probability: number;
}

/**
 * Chooses a token from logits [V]. Temperature 0 takes the best one (the first of equals); otherwise
 * logits are divided by the temperature and the smallest set whose probabilities reach `topP` is drawn
 * from (nucleus sampling, Holtzman et al. 2020).
 */
export function sampleToken(
  logits: Float32Array,
  temperature: number,
  topP: number,
  random: () => number,
): SampledToken {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id] > logits[best]) best = id;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - logits[best]);
  const probability = (id: number): number => Math.exp(logits[id] - logits[best]) / total;
  if (temperature <= 0) return { id: best, probability: probability(best) };

  const weights = Float64Array.from(logits, (logit) =>
    Math.exp((logit - logits[best]) / temperature),
  );
  const order = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a]);
  const mass = weights.reduce((sum, weight) => sum + weight, 0);
  let kept = 0;
  let reached = 0;
  while (kept < order.length && (kept === 0 || reached < topP * mass))
    reached += weights[order[kept++]];
  let draw = random() * reached;
  for (let i = 0; i < kept; i++) {
    draw -= weights[order[i]];
    if (draw < 0) return { id: order[i], probability: probability(order[i]) };
  }
  return { id: order[kept - 1], probability: probability(order[kept - 1]) };
}
