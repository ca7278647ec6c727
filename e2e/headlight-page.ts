import { expect, type Locator, type Page } from '@playwright/test';
import type { HeadlightStore } from '../src/state/store.ts';
import { readNumbers } from './page-numbers.ts';

/** The page as a person uses it; waits for the program to be idle, never for a time. */
export class HeadlightPage {
  readonly errors: string[] = [];
  readonly requests: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('request', (request) => this.requests.push(request.url()));
  }

  /** Opens the page and waits for the model and its first run. */
  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.page.locator('[data-model=ready]')).toBeVisible({ timeout: 60_000 });
    await this.idle();
  }

  async idle(): Promise<void> {
    await this.page.evaluate(async () => {
      await (window as unknown as { __idle: () => Promise<void> }).__idle();
      // Views that follow the selection are drawn in tasks of their own.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    });
  }

  /** Replaces the text as pasting does, and waits for its numbers. */
  async setText(text: string): Promise<void> {
    await this.page.getByLabel('Your text').fill(text);
    await this.idle();
  }

  async readIds(): Promise<number[]> {
    return Array.from(await readNumbers(this.page, { kind: 'ids' }));
  }

  /** One head's exact matrix, rows packed. */
  readSlice(layer: number, head: number): Promise<Float32Array> {
    return readNumbers(this.page, { kind: 'slices', layers: [layer], heads: [head] });
  }

  /** All heads' exact matrices, one after another. */
  readAllSlices(): Promise<Float32Array> {
    const count = (length: number) => Array.from({ length }, (_, index) => index);
    return readNumbers(this.page, { kind: 'slices', layers: count(30), heads: count(9) });
  }

  /** All exact matrices of a model of any shape, as full rows [layers, heads, n, n] like the reference's. */
  async readAttention(): Promise<Float32Array> {
    const [layers, heads] = await this.page.evaluate(() => {
      const { store } = (window as unknown as { __headlight: HeadlightStore }).__headlight;
      const { model } = store.getState();
      if (model.status !== 'ready') throw new Error('no model is loaded');
      return [model.facts.layerCount, model.facts.headCount];
    });
    const count = (length: number) => Array.from({ length }, (_, index) => index);
    const packed = await readNumbers(this.page, {
      kind: 'slices',
      layers: count(layers),
      heads: count(heads),
    });
    const rows = packed.length / layers / heads;
    const n = (Math.sqrt(8 * rows + 1) - 1) / 2;
    const full = new Float32Array(layers * heads * n * n);
    for (let row = 0, at = 0; row < layers * heads * n; row++) {
      const length = (row % n) + 1;
      full.set(packed.subarray(at, at + length), row * n);
      at += length;
    }
    return full;
  }

  /** Opens the panel of models, if it is not open. */
  async openModels(): Promise<Locator> {
    const panel = this.page.getByRole('dialog', { name: 'Models' });
    if (!(await panel.isVisible())) await this.page.locator('.chip.model').click();
    await expect(panel).toBeVisible();
    return panel;
  }

  /** Opens a model from disk as the file picker does, and waits for its run. */
  async openFiles(...paths: string[]): Promise<void> {
    const panel = await this.openModels();
    await panel.locator('[data-input=model-files]').setInputFiles(paths);
    await this.idle();
  }

  readStream(layer: number): Promise<Float32Array> {
    return readNumbers(this.page, { kind: 'stream', layer });
  }

  readLogits(query: number): Promise<Float32Array> {
    return readNumbers(this.page, { kind: 'logits', query });
  }

  readEntropies(): Promise<Float32Array> {
    return readNumbers(this.page, { kind: 'entropies' });
  }

  view(name: string): Locator {
    return this.page.locator(`[data-view^="${name}"]`);
  }

  readout(name: string): Locator {
    return this.page.locator(`[data-readout="${name}"]`);
  }

  /** Chooses an export of a view and returns the file. */
  async export(view: string, format: string): Promise<Buffer> {
    const frame = this.view(view);
    await frame.locator('summary', { hasText: 'Export' }).click();
    const download = this.page.waitForEvent('download');
    await frame.getByRole('button', { name: format, exact: true }).click();
    const stream = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    await this.page.keyboard.press('Escape');
    return Buffer.concat(chunks);
  }
}
