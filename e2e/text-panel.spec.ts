import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, test } from '@playwright/test';
import { HeadlightPage } from './headlight-page.ts';

test.describe.configure({ mode: 'serial' });
let app: HeadlightPage;
let panel: Locator;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ acceptDownloads: true });
  app = new HeadlightPage(await context.newPage());
  await app.open();
  panel = app.view('text-panel');
});
test.afterAll(() => app.page.context().close());

const token = (index: number): Locator => panel.locator(`[data-token="${index}"]`);
const chip = (name: string): Locator => panel.getByRole('button', { name, exact: true });
const count = (): Promise<number> => panel.locator('[data-token]').count();

test('tokens appear as one types, before the model has run', async () => {
  await app.page.getByLabel('Your text').fill('');
  await app.idle();
  await expect(panel).toContainText('as you type');
  await app.page.getByLabel('Your text').pressSequentially('Two herons', { delay: 5 });
  await expect(app.readout('tokens')).toHaveText(/^\d+ tokens$/);
  expect(await app.page.evaluate(() => document.querySelectorAll('[data-tinted]').length)).toBe(0);
  await app.idle();
  await expect(panel.locator('[data-tinted]').first()).toBeVisible();
});

test('each tint has its scale in numbers, and its exact value at the pointer', async () => {
  await app.page.getByLabel('Sample').selectOption('repeats');
  await app.idle();
  await token(36).click();
  for (const [tint, said] of [
    ['entropy', /entropy of its attention \d\.\d{3} nats/],
    ['received', /attention received \d/],
    ['from query', /attention from query 36 \d/],
    ['surprise', /surprise \d+\.\d{3} nats/],
  ] as const) {
    await chip(tint).click();
    await app.idle();
    await token(5).hover();
    await expect(app.readout('token')).toContainText(said);
    await expect(panel.getByRole('img', { name: 'Scale of the tint' })).toBeVisible();
  }
  await chip('to key').click();
  await expect(app.readout('token')).toContainText('Shift-click');
  await token(5).click({ modifiers: ['Shift'] });
  await token(36).hover();
  await expect(app.readout('token')).toContainText(/attention to key 5 \d/);
  await chip('from query').click();
  await token(6).hover();
  await app.idle();
  const said = await app.readout('token').textContent();
  const slice = await app.readSlice(18, 6);
  expect(Number(said?.match(/query 36 ([\d.e-]+)/)?.[1])).toBeCloseTo(slice[(36 * 37) / 2 + 6], 4);
  await chip('none').click();
  await expect(panel.locator('[data-tinted]')).toHaveCount(0);
  await chip('entropy').click();
});

test('whole words are marked and selected where these are the unit', async () => {
  await app.page.getByLabel('Sample').selectOption('plumber');
  await app.idle();
  await app.page.getByRole('button', { name: 'word', exact: true }).click();
  const piece = panel.locator('[data-token]', { hasText: 'umber' }).first();
  await piece.click();
  expect((await panel.locator('[data-query]').allTextContents()).join('')).toBe(' plumber');
  await expect(app.readout('token')).toContainText('plumber');
  await app.page.getByRole('button', { name: 'token', exact: true }).click();
});

test('the strip works by keyboard alone', async () => {
  const list = panel.getByRole('listbox');
  await list.focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('Enter');
  const query = Number(await panel.locator('[data-query]').getAttribute('data-token'));
  expect(query).toBeGreaterThan(15);
  await app.page.keyboard.press('ArrowUp');
  await app.page.keyboard.press('Shift+Enter');
  const key = Number(await panel.locator('[data-key]').getAttribute('data-token'));
  expect(key).toBeLessThan(query);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Escape');
  await expect(panel.locator('[data-query]')).toHaveCount(0);
});

test('a talk becomes turns through the model’s template, and a text again', async () => {
  const before = await app.page.getByLabel('Your text').inputValue();
  await chip('As turns').click();
  await app.page.getByLabel('end with the assistant’s turn to come').check();
  await app.idle();
  const turns = await panel
    .locator('[data-opens]')
    .evaluateAll((blocks) => blocks.map((block) => block.getAttribute('data-opens')));
  expect(turns).toEqual([
    'system *',
    ...['user', 'assistant', 'user', 'assistant', 'user', 'assistant'],
    'assistant …',
  ]);
  await expect(panel.locator('[data-muted]').first()).toHaveText('<|im_start|>');
  await expect(panel.locator('[data-tinted]').first()).toBeVisible();
  await panel.getByRole('textbox', { name: 'Turn 1' }).fill('Who wrote Faust?');
  await expect(panel.locator('.strip')).toContainText('Who wrote Faust?');
  await expect(app.readout('tokens')).not.toHaveText('0 tokens');
  await panel.getByRole('textbox', { name: 'Turn 1' }).fill(before.split('\n')[0].slice(6));
  await app.page.getByLabel('end with the assistant’s turn to come').uncheck();
  await chip('As turns').click();
  await expect(app.page.getByLabel('Your text')).toHaveValue(before);
  await expect(app.page.getByLabel('Sample')).toHaveValue('plumber');
  await app.idle();
});

test('hostile texts lose no token and keep the page’s width', async () => {
  // Half a surrogate pair survives only where it is made: in the page.
  await app.page.getByLabel('Your text').evaluate((field: HTMLTextAreaElement) => {
    const long = 'Donaudampfschiffahrt'.repeat(15);
    const hostile = `שלום עולם 😀👩‍👩‍👧 a\u0000b مرحبا \ud800 नमस्ते\n\tindent\n${long}\n\n\nend`;
    const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value') ?? {};
    set?.call(field, hostile);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await app.idle();
  await expect(app.readout('tokens')).toHaveText(`${await count()} tokens`);
  await expect(panel.locator('.strip')).toContainText('‹D800›');
  await expect(panel.locator('.strip')).toContainText('␀');
  const overflow = await app.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test('100,000 characters are paged, refused with the next step, and cut on demand', async () => {
  await app.setText('word '.repeat(20_000));
  await expect(panel.getByRole('alert')).toContainText('8192');
  expect(await count()).toBe(600);
  expect(await panel.locator('*').count()).toBeLessThan(1500);
  await panel.getByRole('listbox').focus();
  await app.page.keyboard.press('End');
  await expect(app.readout('page')).toContainText('of 20001');
  await expect(token(20_000)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Keep the first 1024 tokens' })).toBeVisible();
  await app.setText('And now something short.');
  await expect(panel.locator('[data-tinted]').first()).toBeVisible();
});

test('files: UTF-16 is read by its mark, others are refused with a reason, the text is kept', async () => {
  const open = async (name: string, buffer: Buffer): Promise<void> => {
    const file = { name, mimeType: 'text/plain', buffer };
    await panel.locator('input[type=file]').setInputFiles(file);
  };
  await open('cat.png', Buffer.from([0x89, 0x50, 0, 0]));
  await expect(panel.getByRole('alert')).toContainText('cat.png is not a text file');
  await open('latin.txt', Buffer.from('Grüße', 'latin1'));
  await expect(panel.getByRole('alert')).toContainText('Save it as UTF-8');
  await open('book.txt', Buffer.alloc(3_000_000, 'a'));
  await expect(panel.getByRole('alert')).toContainText('book.txt has 3.0 MB');
  await expect(app.page.getByLabel('Your text')).toHaveValue('And now something short.');
  await open('wide.txt', Buffer.from('\ufeffGrüße aus Brünn.', 'utf16le'));
  await expect(app.page.getByLabel('Your text')).toHaveValue('Grüße aus Brünn.');
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await app.idle();
});

test('exports hold every token and every tint', async () => {
  await token(2).click();
  const csv = (await app.export('text-panel', 'CSV')).toString();
  expect(csv).toContain('token,text,id,piece,start,end,entropy of its attention (nats)');
  const rows = csv.split('\r\n').filter((line) => /^\d/.test(line));
  expect(rows).toHaveLength(await count());
  expect((await app.export('text-panel', 'SVG')).toString()).toContain('aus');
  expect((await app.export('text-panel', 'PNG 1×')).subarray(1, 4).toString()).toBe('PNG');
  await token(2).click();
  const tensors = await app.export('text-panel', 'SAFETENSORS');
  const header = JSON.parse(tensors.subarray(8, 8 + Number(tensors.readBigUInt64LE(0))).toString());
  expect(Object.keys(header)).toEqual(expect.arrayContaining(['ids', 'entropy', 'from_query']));
});

test('texts are kept in this browser with their time, and can be deleted', async () => {
  const summary = panel.locator('summary', { hasText: 'Kept texts' });
  await expect(summary).toBeVisible({ timeout: 10_000 });
  await summary.click();
  const kept = panel.getByRole('button', { name: /^Open “Grüße aus Brünn\.”, used \d\d:\d\d$/ });
  await expect(kept).toBeVisible({ timeout: 10_000 });
  await panel.getByRole('button', { name: 'Delete all' }).click();
  await expect(summary).toHaveCount(0);
});

test('axe finds nothing serious in the panel, plain and as turns', async () => {
  const serious = async (): Promise<unknown[]> => {
    const { violations } = await new AxeBuilder({ page: app.page })
      .include('[data-view=text-panel]')
      .analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.map((node) => node.html).slice(0, 3)]);
  };
  expect(await serious()).toEqual([]);
  await chip('As turns').click();
  await app.idle();
  expect(await serious()).toEqual([]);
  expect(app.errors).toEqual([]);
});
