import { mkdirSync, writeFileSync } from 'node:fs';
import { toSafetensors } from '../tensor/safetensors.ts';
import { GoldenArrays } from '../testing/golden.ts';

/*
 * Makes the values that the page's trust panel compares the embedded model with: the first tokens of a
 * reference text, cut out of the reference values (attention is causal, so they are those of the cut text).
 */

const TEXT = 'web';
const TOKENS = 24;

const golden = new GoldenArrays(`smollm2/${TEXT}`);
const [layers, heads, n] = golden.shape('attention');
const whole = golden.floats('attention');
const attention = new Float32Array(layers * heads * TOKENS * TOKENS);
for (let row = 0; row < layers * heads * TOKENS; row++) {
  const from = (Math.floor(row / TOKENS) * n + (row % TOKENS)) * n;
  attention.set(whole.subarray(from, from + TOKENS), row * TOKENS);
}
const best = golden.shape('top20_ids')[1];
mkdirSync('public/reference', { recursive: true });
writeFileSync(
  'public/reference/SmolLM2-135M-Instruct.Q4_1.safetensors',
  toSafetensors(
    [
      { name: 'ids', shape: [TOKENS], data: golden.integers('ids').slice(0, TOKENS) },
      { name: 'attention', shape: [layers, heads, TOKENS, TOKENS], data: attention },
      {
        name: 'top20_ids',
        shape: [TOKENS, best],
        data: golden.integers('top20_ids').slice(0, TOKENS * best),
      },
      {
        name: 'top20_logits',
        shape: [TOKENS, best],
        data: golden.floats('top20_logits').slice(0, TOKENS * best),
      },
    ],
    {
      text: TEXT,
      origin: 'PyTorch 2.13.0, transformers 5.23.0, eager attention, weights dequantised',
    },
  ),
);
