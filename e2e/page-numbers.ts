import type { Page } from '@playwright/test';

/** What the page lets tests ask: its store, the runs it holds, and the engine behind it. */
interface PageHandle {
  readonly store: { getState(): { readonly shownRunId: string } };
  readonly runs: {
    get(id: string): {
      readonly tokens: { readonly ids: Int32Array };
      readonly layers: readonly { readonly entropy: Float32Array }[];
    };
  };
  engine(): {
    readSlice(id: string, layer: number, head: number): Promise<{ readonly packed: Float32Array }>;
    readStream(id: string, layer: number): Promise<Float32Array>;
    readLogits(id: string, query: number): Promise<Float32Array>;
  };
}

/** Numbers that the page can be asked for. */
export type Question =
  | { readonly kind: 'ids' }
  | {
      readonly kind: 'slices';
      readonly layers: readonly number[];
      readonly heads: readonly number[];
    }
  | { readonly kind: 'stream'; readonly layer: number }
  | { readonly kind: 'logits'; readonly query: number }
  | { readonly kind: 'entropies' };

/** Reads numbers of the shown run out of the page, as float32 (ids as numbers: exact below 2^24). */
export async function readNumbers(page: Page, question: Question): Promise<Float32Array> {
  const text = await page.evaluate(async (asked) => {
    const { store, runs, engine } = (window as unknown as { __headlight: PageHandle }).__headlight;
    const id = store.getState().shownRunId;
    const run = runs.get(id);
    const parts: Float32Array[] = [];
    if (asked.kind === 'ids') parts.push(Float32Array.from(run.tokens.ids));
    if (asked.kind === 'stream') parts.push(await engine().readStream(id, asked.layer));
    if (asked.kind === 'logits') parts.push(await engine().readLogits(id, asked.query));
    if (asked.kind === 'entropies') parts.push(...run.layers.map((layer) => layer.entropy));
    if (asked.kind === 'slices') {
      for (const layer of asked.layers) {
        for (const head of asked.heads)
          parts.push((await engine().readSlice(id, layer, head)).packed);
      }
    }
    const whole = new Blob(parts.map((part) => new Float32Array(part)));
    const bytes = new Uint8Array(await whole.arrayBuffer());
    let binary = '';
    for (let at = 0; at < bytes.length; at += 32_768)
      binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(binary);
  }, question);
  return new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
}
