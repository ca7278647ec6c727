import { scaleLinear } from 'd3';
import { formatBareDifference } from '../../state/domains/format-value.ts';
import { MONO, type Painting, SANS } from '../../ui/figure.ts';
import { getThemeColors } from '../../ui/use-theme.ts';
import type { DifferenceRow } from './difference-rows.ts';
import { t } from './messages.ts';

const WIDTH = 560;
const LEFT = 70;
const RIGHT = 12;
const TOP = 8;
const LINE = 17;
const BOTTOM = 40;

/** Smallest and largest of all that is drawn, 0 among them; 0 to 1 when nothing is. */
export function findForestDomain(rows: readonly DifferenceRow[]): readonly [number, number] {
  const ends = rows
    .flatMap(({ difference: { value, low, high } }) => [value, low, high])
    .filter(Number.isFinite);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return most > least ? [least, most] : [0, 1];
}

/** Differences with their intervals, one line a head; filled where significant. */
export function paintForest(
  rows: readonly DifferenceRow[],
  unit: Parameters<typeof formatBareDifference>[1],
  axis: string,
): Painting {
  const height = TOP + rows.length * LINE + BOTTOM;
  return {
    width: WIDTH,
    height,
    draw(context) {
      const color = getThemeColors();
      const x = scaleLinear(findForestDomain(rows), [LEFT, WIDTH - RIGHT]).nice(5);
      const ground = TOP + rows.length * LINE;
      context.textBaseline = 'middle';
      context.textAlign = 'center';
      context.font = `10px ${SANS}`;
      for (const tick of x.ticks(5)) {
        context.fillStyle = color(tick === 0 ? 'text-faint' : 'border');
        context.fillRect(Math.round(x(tick)), TOP, 1, ground - TOP);
        context.fillStyle = color('text-faint');
        context.fillText(formatBareDifference(tick, unit), x(tick), ground + 10);
      }
      context.textAlign = 'right';
      context.fillText(axis, WIDTH - RIGHT, ground + 27);
      rows.forEach((row, line) => {
        const y = TOP + (line + 0.5) * LINE;
        const { value, low, high } = row.difference;
        context.textAlign = 'left';
        context.font = `10px ${MONO}`;
        context.fillStyle = color('text-muted');
        context.fillText(t('place', { layer: row.layer, head: row.head }), 0, y);
        if (!Number.isFinite(value)) return;
        context.fillStyle = color(row.isSignificant ? 'accent' : 'text-faint');
        if (Number.isFinite(low) && Number.isFinite(high))
          context.fillRect(x(low), y - 1, Math.max(1, x(high) - x(low)), 2);
        context.fillRect(x(value) - 3, y - 3, 6, 6);
      });
    },
  };
}
