import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { findDifference, largestMagnitude } from '../src/testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../src/testing/golden.ts';
import { HeadlightPage } from './headlight-page.ts';

/* Every small model of the reference, opened in the page as a person opens a file. */

const GOLDEN = 'src/testing/golden';
const FOLDER = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'];

test.describe.configure({ mode: 'serial' });
let app: HeadlightPage;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext();
  app = new HeadlightPage(await context.newPage());
  // The reference's texts have no begin token.
  await app.open('/?threads=1#v=1&begin=0');
});
test.afterAll(() => app.page.context().close());

async function expectReference(name: string, text: string): Promise<void> {
  const golden = new GoldenArrays(name);
  await app.page.keyboard.press('Escape');
  await app.setText(text);
  if (golden.has('ids')) expect(await app.readIds()).toEqual(Array.from(golden.integers('ids')));
  const attention = await app.readAttention();
  expect(findDifference(attention, golden.floats('attention'), { atol: 1e-4 })).toBeNull();
  const wanted = golden.floats('logits');
  const count = golden.shape('attention')[2];
  const last = wanted.subarray(wanted.length - wanted.length / count);
  const logits = await app.readLogits(count - 1);
  const atol = 1e-3 * largestMagnitude(wanted);
  expect(findDifference(logits, last, { atol })).toBeNull();
}

for (const name of readdirSync(`${GOLDEN}/architectures`)) {
  const folder = `${GOLDEN}/architectures/${name}`;
  const expected = readGoldenJson<{ text: string; ids: number[] }>(
    `architectures/${name}/expected.json`,
  );
  test(`${name}, from GGUF and from safetensors`, async () => {
    const paths = FOLDER.map((file) => `${folder}/${file}`).filter(existsSync);
    for (const files of [[`${folder}/model.gguf`], paths]) {
      await app.openFiles(...files);
      await expect(app.page.locator('[data-model=ready]')).toBeVisible();
      await expectReference(`architectures/${name}/expected`, expected.text);
      expect(await app.readIds()).toEqual(expected.ids);
    }
    expect(app.errors).toEqual([]);
  });
}

const quantised = readdirSync(`${GOLDEN}/quantised`).filter((name) => name.endsWith('.gguf'));
test(`${quantised.length} types of numbers`, async () => {
  const { text } = readGoldenJson<{ text: string }>('quantised/expected.json');
  expect(quantised.length).toBe(17);
  for (const file of quantised) {
    await app.openFiles(`${GOLDEN}/quantised/${file}`);
    await expect(app.page.locator('[data-model=ready]')).toContainText(file.replace('.gguf', ''));
    await expectReference(`quantised/${file.replace('.gguf', '')}.expected`, text);
  }
  expect(app.errors).toEqual([]);
});

test(`${quantised.length} types of numbers, kept as the files have them`, async () => {
  const { text } = readGoldenJson<{ text: string }>('quantised/expected.json');
  await app.page.goto('about:blank');
  await app.open('/?threads=1&precision=packed#v=1&begin=0');
  for (const file of quantised) {
    await app.openFiles(`${GOLDEN}/quantised/${file}`);
    await expect(app.page.locator('[data-model=ready]')).toContainText('kept ·');
    await expectReference(`quantised/${file.replace('.gguf', '')}.expected`, text);
  }
  expect(app.errors).toEqual([]);
});
