import { formatPercent } from '../../lib/format-number.ts';
import type { DisplayedSlice } from '../../measures/displayed-slice.ts';
import type { DisplayOptions } from '../../state/display-options.ts';
import { formatWeight, sayCell } from '../../state/shown-cell.ts';
import { rowOf, weightAt } from '../../tensor/causal-slice.ts';
import { shortToken } from '../../text/display-token.ts';
import type { HeatmapOverlay } from './draw-heatmap-overlay.ts';
import { cellBox, type HeatmapLayout, type HeatmapTarget } from './heatmap-layout.ts';
import { t } from './messages.ts';

/** What the note at the pointer says of a cell, or of a whole row or column by its marginal. */
export function noteOf(
  target: HeatmapTarget | null,
  layout: HeatmapLayout,
  displayed: DisplayedSlice,
  shown: Pick<DisplayOptions, 'firstToken' | 'weighting'>,
): HeatmapOverlay['note'] {
  if (target === null || target.kind === 'minimap') return null;
  const text = (index: number): string => shortToken(displayed.units[index].text, 20);
  if (target.kind === 'cell') {
    const said = target.query < displayed.size ? sayCell(displayed, target, shown) : null;
    if (said === null) return null;
    const beside = cellBox(layout, target.query, target.key);
    return { lines: [said.pair, said.value], beside };
  }
  if (target.kind === 'query') {
    const { query } = target;
    if (query >= displayed.size) return null;
    const mass = rowOf(displayed, query).reduce((sum, weight) => sum + weight, 0);
    const { y, height } = cellBox(layout, query, layout.keys.start);
    return {
      lines: [
        t('queryTip', { query, text: text(query) }),
        t('queryValue', { mass: formatPercent(mass) }),
      ],
      beside: { x: 0, y, width: layout.left, height },
    };
  }
  const { key } = target;
  if (key >= displayed.size) return null;
  let sum = 0;
  let reach = 0;
  for (let query = key; query < displayed.size; query++) {
    const weight = weightAt(displayed, query, key);
    if (Number.isNaN(weight)) continue;
    sum += weight;
    reach++;
  }
  const { x, width } = cellBox(layout, layout.queries.start, key);
  const mean = reach > 0 ? sum / reach : Number.NaN;
  return {
    lines: [t('keyTip', { key, text: text(key) }), t('keyValue', { mean: formatWeight(mean) })],
    beside: { x, y: 0, width, height: layout.top },
  };
}
