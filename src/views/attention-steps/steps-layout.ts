import type { CssPixels } from '../../lib/flavor.ts';

/** A part of a row, left to right. */
export interface Span {
  readonly x: CssPixels;
  readonly width: CssPixels;
}

export interface Strip extends Span {
  readonly y: CssPixels;
  readonly height: CssPixels;
}

/** Where the steps of one query lie: its vector, one row a key, the mask, the softmax, the output. */
export interface StepsLayout {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly headSize: number;
  /** The keys that have rows, from top to bottom. */
  readonly keys: readonly number[];
  readonly queryStrip: Strip;
  readonly rowsTop: CssPixels;
  readonly columns: {
    readonly label: Span;
    readonly key: Span;
    readonly score: Span;
    /** Left out where there is no room for it. */
    readonly exponential: Span | null;
    readonly weight: Span;
    readonly value: Span;
  };
  /** The line that stands for all keys without a row. */
  readonly othersY: CssPixels;
  readonly maskStrip: Strip;
  readonly softmaxY: CssPixels;
  readonly outputStrip: Strip;
}

export const ROW: CssPixels = 20;
export const STRIP: CssPixels = 13;
/** A heading above a strip; two lines of text. */
export const HEADING: CssPixels = 18;
export const TEXT_LINE: CssPixels = 15;
const GAP = 8;
const WIDE: CssPixels = 540;

/** Fits the steps into a width. */
export function layOutSteps(
  width: CssPixels,
  keys: readonly number[],
  headSize: number,
): StepsLayout {
  const isWide = width >= WIDE;
  const label = Math.round(width * 0.19);
  const score = 46;
  const exponential = isWide ? 60 : 0;
  const weight = Math.round(width * 0.22);
  const gaps = GAP * (isWide ? 5 : 4);
  const strip = Math.max(20, Math.floor((width - label - score - exponential - weight - gaps) / 2));
  let x = 0;
  const take = (size: number): Span => {
    const span = { x, width: size };
    x += size + GAP;
    return span;
  };
  const columns = {
    label: take(label),
    key: take(strip),
    score: take(score),
    exponential: isWide ? take(exponential) : null,
    weight: take(weight),
    value: take(strip),
  };
  const queryStrip = { x: 0, y: HEADING, width, height: STRIP };
  const rowsTop = queryStrip.y + STRIP + 2 * HEADING + 4;
  const othersY = rowsTop + keys.length * ROW;
  const maskTop = othersY + ROW + 10;
  const maskStrip = { x: 0, y: maskTop + HEADING, width, height: 8 };
  const softmaxY = maskStrip.y + maskStrip.height + 12;
  const outputStrip = { x: 0, y: softmaxY + 2 * TEXT_LINE + 10 + HEADING, width, height: STRIP };
  return {
    width,
    height: outputStrip.y + STRIP + 4,
    headSize,
    keys,
    queryStrip,
    rowsTop,
    columns,
    othersY,
    maskStrip,
    softmaxY,
    outputStrip,
  };
}

/** What lies under a point: a component of a vector, or a key's row. */
export type StepsTarget =
  | { readonly kind: 'query' | 'output'; readonly component: number }
  | { readonly kind: 'key' | 'value'; readonly key: number; readonly component: number }
  | { readonly kind: 'row'; readonly key: number };

function componentAt(span: Span, headSize: number, x: CssPixels): number | null {
  const component = Math.floor(((x - span.x) / span.width) * headSize);
  return component >= 0 && component < headSize ? component : null;
}

function isIn(strip: Strip, y: CssPixels): boolean {
  return y >= strip.y && y < strip.y + strip.height;
}

/** The target under a point, or null. */
export function targetAt(layout: StepsLayout, x: CssPixels, y: CssPixels): StepsTarget | null {
  const { headSize, columns } = layout;
  for (const [kind, strip] of [
    ['query', layout.queryStrip],
    ['output', layout.outputStrip],
  ] as const) {
    if (!isIn(strip, y)) continue;
    const component = componentAt(strip, headSize, x);
    return component === null ? null : { kind, component };
  }
  const key = layout.keys[Math.floor((y - layout.rowsTop) / ROW)];
  if (key === undefined || x < 0 || x > layout.width) return null;
  for (const kind of ['key', 'value'] as const) {
    const component = componentAt(columns[kind], headSize, x);
    if (component !== null) return { kind, key, component };
  }
  return { kind: 'row', key };
}

/** How many keys a page shows. */
export const PAGE = 10;

/**
 * The keys that have rows on a page, by falling score; the selected key comes last when it is on another
 * page. A page that does not exist is the nearest that does.
 */
export function chooseKeys(
  order: Int32Array,
  page: number,
  selected: number | null,
): readonly number[] {
  const last = Math.max(0, Math.ceil(order.length / PAGE) - 1);
  const first = Math.min(last, Math.max(0, page)) * PAGE;
  const keys = Array.from(order.subarray(first, first + PAGE));
  const isMissing = selected !== null && selected < order.length && !keys.includes(selected);
  return isMissing ? [...keys, selected] : keys;
}
