import { useCallback, useMemo } from 'react';
import type { DisplayedSlice } from '../../measures/displayed-slice.ts';
import type { WeightScale } from '../../state/display-options.ts';
import { rowOf, rowStart } from '../../tensor/causal-slice.ts';
import { displayToken, shortToken } from '../../text/display-token.ts';
import type { Draw, Painting } from '../../ui/figure.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import { type ArcsLayout, layOutArcs } from './arcs-layout.ts';
import { ARC_FONT, drawArcs } from './draw-arcs.ts';
import { drawLines, drawLinesOverlay } from './draw-lines.ts';
import { computeLines, type Focus, type LinesLayout } from './lines-layout.ts';

/** What a drawing of lines needs to stand on the page and in a file. */
export interface LinesPainting {
  readonly width: number;
  readonly height: number;
  readonly draw: Draw;
  readonly drawOverlay: Draw;
  readonly painting: () => Painting;
}

interface Looked {
  readonly query: number | null;
  readonly key: number | null;
  readonly focus: Focus | null;
}

function useRowMaximum(displayed: DisplayedSlice): (query: number) => number {
  return useMemo(() => {
    const known = new Map<number, number>();
    return (query) => {
      const maximum =
        known.get(query) ?? rowOf(displayed, query).reduce((a, b) => Math.max(a, b), 0);
      known.set(query, maximum);
      return maximum;
    };
  }, [displayed]);
}

function withBoth(
  layout: { width: number; height: number },
  draw: Draw,
  over: Draw,
): LinesPainting {
  return {
    ...layout,
    draw,
    drawOverlay: over,
    painting: () => ({
      ...layout,
      draw(context, width, height) {
        draw(context, width, height);
        over(context, width, height);
      },
    }),
  };
}

/** Two columns: all lines below, and above them what is looked at. */
export function useColumnsPainting(
  layout: LinesLayout,
  displayed: DisplayedSlice,
  scale: WeightScale,
  { query, key, focus }: Looked,
): LinesPainting {
  const rowMaximum = useRowMaximum(displayed);
  const { start, end } = layout;
  const lines = useMemo(() => computeLines(displayed, { start, end }), [displayed, start, end]);
  const scene = useMemo(
    () => ({
      layout,
      lines,
      name: (index: number) => shortToken(displayed.units[index]?.text ?? '', 24),
      scale,
      rowMaximum,
    }),
    [layout, lines, displayed, scale, rowMaximum],
  );
  const draw = useCallback<Draw>(
    (context) => drawLines(context, { ...scene, color: getThemeColors() }),
    [scene],
  );
  const side = focus?.side;
  const index = focus?.index;
  const drawOverlay = useCallback<Draw>(
    (context) =>
      drawLinesOverlay(context, {
        ...scene,
        color: getThemeColors(),
        focus: side === undefined || index === undefined ? null : { side, index },
        query,
        key,
        isUndefined: (row) => Number.isNaN(displayed.packed[rowStart(row)]),
      }),
    [scene, displayed, side, index, query, key],
  );
  return withBoth(
    useMemo(() => ({ width: layout.width, height: layout.height }), [layout]),
    draw,
    drawOverlay,
  );
}

const paintNothing: Draw = () => undefined;

/** Running text with arcs; few enough marks to be painted whole whenever something is pointed at. */
export function useArcsPainting(
  width: number,
  displayed: DisplayedSlice,
  scale: WeightScale,
  { query, key, focus }: Looked,
): LinesPainting & { readonly layout: ArcsLayout } {
  const rowMaximum = useRowMaximum(displayed);
  const texts = useMemo(
    () => displayed.units.map((unit) => displayToken(unit.text).slice(0, 200)),
    [displayed],
  );
  const layout = useMemo(() => {
    const context = document.createElement('canvas').getContext('2d');
    if (context !== null) context.font = ARC_FONT;
    return layOutArcs(width, texts, (text) => (context?.measureText(text).width ?? 0) + 1);
  }, [width, texts]);
  const lines = useMemo(
    () => computeLines(displayed, { start: 0, end: displayed.size }),
    [displayed],
  );
  const side = focus?.side;
  const index = focus?.index;
  const drawOverlay = useCallback<Draw>(
    (context) =>
      drawArcs(context, {
        layout,
        lines,
        name: (unit) => texts[unit],
        scale,
        rowMaximum,
        color: getThemeColors(),
        focus: side === undefined || index === undefined ? null : { side, index },
        query,
        key,
      }),
    [layout, lines, texts, scale, rowMaximum, side, index, query, key],
  );
  return {
    ...withBoth({ width: layout.width, height: layout.height }, paintNothing, drawOverlay),
    layout,
  };
}
