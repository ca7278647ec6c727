import { type KeyboardEvent, useCallback, useState } from 'react';
import { formatPercent } from '../../lib/format-number.ts';
import type { LayerLinks, TokenLink } from '../../measures/token-links.ts';
import { ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { drawNote } from '../../ui/canvas-text.ts';
import type { Draw } from '../../ui/figure.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import {
  drawLinkStrip,
  drawStripFocus,
  linkAt,
  STRIP_HEIGHT,
  STRIP_LEFT,
  STRIP_ROW,
  type StripPlace,
  stripPlaceAt,
  stripStep,
} from './draw-link-strip.ts';
import { t } from './messages.ts';

export interface LinkStripProps {
  /** [layer], null until it has arrived. */
  readonly links: readonly (LayerLinks | null)[];
  readonly nameToken: (token: number) => string;
  readonly onSelect: (link: TokenLink, isKey: boolean) => void;
}

/** Where a token looks and from where it is looked at, one cell a layer. */
export function LinkStrip({ links, nameToken, onSelect }: LinkStripProps) {
  const theme = useColorTheme();
  const [box, width] = useElementWidth();
  const [place, setPlace] = useState<StripPlace | null>(null);
  const [isHovered, setIsHovered] = useState(false);
  const draw = useCallback<Draw>(
    (context) =>
      drawLinkStrip(
        context,
        width,
        links,
        [t('looksAt'), t('lookedAtBy')],
        theme,
        getThemeColors(),
      ),
    [width, links, theme],
  );
  const say = (at: StripPlace): readonly string[] => {
    const link = linkAt(links, at);
    if (link === null) return [t('noLink', { layer: at.layer })];
    const values = { ...link, text: nameToken(link.other) };
    return [t(at.row === 0 ? 'linkKey' : 'linkQuery', values), formatPercent(link.weight)];
  };
  const drawOverlay: Draw = (context) => {
    if (place === null) return;
    const color = getThemeColors();
    drawStripFocus(context, width, links.length, place, color);
    if (!isHovered) return;
    drawNote(context, say(place), color, (size) => ({
      x: Math.max(
        0,
        Math.min(STRIP_LEFT + place.layer * stripStep(width, links.length), width - size.width),
      ),
      y: place.row === 0 ? Math.min(STRIP_ROW + 2, STRIP_HEIGHT - size.height) : 0,
    }));
  };
  const select = (at: StripPlace): void => {
    const link = linkAt(links, at);
    if (link) onSelect(link, at.row === 0);
  };
  const onKey = (event: KeyboardEvent): void => {
    const current = place ?? { layer: 0, row: 0 as const };
    const layers = { ArrowLeft: -1, ArrowRight: 1, Home: -links.length, End: links.length }[
      event.key
    ];
    if (event.key === 'Enter') select(current);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown')
      setPlace({ ...current, row: event.key === 'ArrowUp' ? 0 : 1 });
    else if (layers !== undefined)
      setPlace({
        ...current,
        layer: Math.max(0, Math.min(links.length - 1, current.layer + layers)),
      });
    else return;
    setIsHovered(false);
    event.preventDefault();
  };
  return (
    <div ref={box} className="chart-box">
      {width > 0 && (
        <ChartCanvas
          width={width}
          height={STRIP_HEIGHT}
          draw={draw}
          drawOverlay={drawOverlay}
          label={t('strip')}
          spoken={place === null ? '' : say(place).join(', ')}
          onHover={(point) => {
            setPlace(point && stripPlaceAt(width, links.length, point.x, point.y));
            setIsHovered(point !== null);
          }}
          onPress={(point) => {
            const at = stripPlaceAt(width, links.length, point.x, point.y);
            if (at) select(at);
          }}
          onKey={onKey}
        />
      )}
    </div>
  );
}
