import { type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import { formatNumber } from '../lib/format-number.ts';
import { type CanvasPoint, ChartCanvas } from './ChartCanvas.tsx';
import { drawNote } from './canvas-text.ts';
import { drawSeries, drawSeriesPlace, type SeriesScene } from './draw-series.ts';
import type { Draw, Painting } from './figure.ts';
import { withLegend } from './figure-legend.ts';
import { ARROW_MOVES } from './move-keys.ts';
import { layOutSeries, placeAtX, type Series } from './series-layout.ts';
import { getThemeColors } from './use-theme.ts';

/** Lines over the same places. */
export interface SeriesData {
  readonly series: readonly Series[];
  readonly xName: (index: number) => string;
  /** Places whose names are written under the axis; as many as there is room for when left out. */
  readonly namedX?: readonly number[];
  readonly axisX: string;
  readonly axisY: string;
  readonly includesZero: boolean;
  readonly formatY?: (value: number) => string;
}

export interface SeriesChartProps {
  readonly data: SeriesData;
  readonly width: number;
  readonly height: number;
  readonly selected: number | null;
  readonly label: string;
  readonly spoken: string;
  /** Lines of the note beside a place. */
  readonly noteOf: (index: number) => readonly string[];
  readonly onPreview: (index: number | null) => void;
  readonly onSelect: (index: number) => void;
  /** A key moved by so many places; infinite at Home and End. */
  readonly onMove: (places: number) => void;
}

function toScene(data: SeriesData, width: number, height: number): SeriesScene {
  return {
    layout: layOutSeries(data.series, width, height, data.includesZero),
    series: data.series,
    nameX: data.xName,
    namedX: data.namedX,
    axisX: data.axisX,
    axisY: data.axisY,
    formatY: data.formatY ?? formatNumber,
  };
}

/** Lines with intervals that one can point at and walk along. */
export function SeriesChart(props: SeriesChartProps) {
  const { data, width, height, selected, noteOf } = props;
  const scene = useMemo(() => toScene(data, width, height), [data, width, height]);
  const [hovered, setHovered] = useState<(CanvasPoint & { readonly index: number }) | null>(null);
  const draw = useCallback<Draw>(
    (context) => drawSeries(context, scene, getThemeColors()),
    [scene],
  );
  const drawOverlay = useCallback<Draw>(
    (context) => {
      const color = getThemeColors();
      const index = hovered?.index ?? selected;
      if (index !== null && index < scene.layout.count)
        drawSeriesPlace(context, scene, index, color);
      const lines = hovered === null ? [] : noteOf(hovered.index);
      if (hovered === null || lines.length === 0) return;
      drawNote(context, lines, color, (size) => ({
        x:
          hovered.x + 14 + size.width <= width
            ? hovered.x + 14
            : Math.max(0, hovered.x - 14 - size.width),
        y: Math.max(0, Math.min(hovered.y - size.height / 2, height - size.height)),
      }));
    },
    [scene, selected, hovered, noteOf, width, height],
  );
  return (
    <ChartCanvas
      width={width}
      height={height}
      draw={draw}
      drawOverlay={drawOverlay}
      label={props.label}
      spoken={props.spoken}
      onHover={(point) => {
        const index = point && placeAtX(scene.layout, point.x);
        if (index === null || point === null) {
          if (hovered === null) return;
          setHovered(null);
          props.onPreview(null);
          return;
        }
        if (hovered?.index === index) return;
        setHovered({ ...point, index });
        props.onPreview(index);
      }}
      onPress={(point) => {
        const index = placeAtX(scene.layout, point.x);
        if (index !== null) props.onSelect(index);
      }}
      onKey={(event: KeyboardEvent) => {
        const [places] = ARROW_MOVES[event.key] ?? [0];
        if (places === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        props.onMove(places);
      }}
    />
  );
}

/** Lines with the names of their colours as a painting, for exports. */
export function paintSeries(data: SeriesData, width: number, height: number): Painting {
  const scene = toScene(data, width, height);
  return withLegend(
    { width, height, draw: (context) => drawSeries(context, scene, getThemeColors()) },
    data.series.map(({ name, color }) => ({ text: name, fill: color })),
  );
}
