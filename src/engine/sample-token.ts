/** The choice and its probability under the model itself, before temperature and top-p. */
export interface SampledToken {
  readonly id: number;
  readonly probability: number;
}

/**
 * Chooses a token from logits [V]. Temperature 0 takes the best one (the first of equals); otherwise
 * logits are divided by the temperature and the smallest set whose probabilities reach `topP` is drawn
 * from (nucleus sampling, Holtzman et al. 2020); the best one is always in it. Logits that are no numbers
 * are never chosen. ln .5, ln .3, ln .2 with top-p .6 -> the first or the second, 5 to 3.
 */
export function sampleToken(
  logits: Float32Array,
  temperature: number,
  topP: number,
  random: () => number,
): SampledToken {
  let best = 0;
  for (let id = 1; id < logits.length; id++)
    if (logits[id] > logits[best] || Number.isNaN(logits[best])) best = id;
  let total = 0;
  for (const logit of logits) if (!Number.isNaN(logit)) total += Math.exp(logit - logits[best]);
  const toChoice = (id: number): SampledToken => ({
    id,
    probability: Math.exp(logits[id] - logits[best]) / total,
  });
  if (temperature <= 0) return toChoice(best);

  const weights = Float64Array.from(logits, (logit) =>
    Number.isNaN(logit) ? 0 : Math.exp((logit - logits[best]) / temperature),
  );
  const { ids, mass } = findNucleus(weights, topP);
  let draw = random() * mass;
  for (const id of ids) {
    draw -= weights[id];
    if (draw < 0) return toChoice(id);
  }
  return toChoice(ids.at(-1) ?? best);
}

/**
 * The fewest ids by falling weight that hold `topP` of all weight, at least one, and their weight. The
 * largest weight is 1. Only as many are sorted as are needed: a vocabulary has tens of thousands.
 */
function findNucleus(
  weights: Float64Array,
  topP: number,
): { readonly ids: readonly number[]; readonly mass: number } {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  for (let floor = 1e-2; ; floor = floor < 1e-12 ? 0 : floor * 1e-2) {
    const candidates: number[] = [];
    let held = 0;
    weights.forEach((weight, id) => {
      if (weight <= 0 || weight < floor) return;
      candidates.push(id);
      held += weight;
    });
    if (held < topP * all && floor > 0) continue;
    candidates.sort((a, b) => weights[b] - weights[a] || a - b);
    let kept = 0;
    let mass = 0;
    while (kept < candidates.length && (kept === 0 || mass < topP * all))
      mass += weights[candidates[kept++]];
    return { ids: candidates.slice(0, kept), mass };
  }
}
