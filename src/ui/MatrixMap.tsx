import { type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import { type CanvasPoint, ChartCanvas } from './ChartCanvas.tsx';
import { drawNote } from './canvas-text.ts';
import { type ColorScale, type ColorTheme, scaleColor } from './color-scales.ts';
import { drawMap, drawSelectedCell, getMapImage, type MapScene } from './draw-map.ts';
import type { Draw, Painting } from './figure.ts';
import { type LegendEntry, withLegend } from './figure-legend.ts';
import { layOutMap, type MapCell, mapCellAt } from './map-layout.ts';
import { ARROW_MOVES } from './move-keys.ts';
import { getThemeColors, useColorTheme } from './use-theme.ts';

/** A matrix as coloured cells. */
export interface MatrixMapData {
  /** [rows, columns] row-major; NaN where undefined. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  readonly scale: ColorScale;
  readonly rowName: (row: number) => string;
  /** Names of columns, sideways; left out, their numbers. */
  readonly columnName?: (column: number) => string;
  readonly axisRows: string;
  readonly axisColumns: string;
  readonly frameOf?: (cell: MapCell) => string | null;
  readonly fillOf?: (cell: MapCell) => string | null;
}

export interface MatrixMapProps {
  readonly data: MatrixMapData;
  readonly width: number;
  readonly selected: MapCell | null;
  readonly label: string;
  readonly spoken: string;
  /** Lines of the note beside a cell. */
  readonly noteOf: (cell: MapCell) => readonly string[];
  readonly onPreview: (cell: MapCell | null) => void;
  readonly onSelect: (cell: MapCell) => void;
  /** A key moved by so many columns and rows; infinite at Home and End. */
  readonly onMove: (columns: number, rows: number) => void;
}

const NUMBERS_HEIGHT = 22;
const NAMES_HEIGHT = 72;

function toScene(data: MatrixMapData, width: number, theme: ColorTheme): MapScene {
  const { values, rows, columns } = data;
  return {
    layout: layOutMap(width, rows, columns, data.columnName ? NAMES_HEIGHT : NUMBERS_HEIGHT),
    rows: Array.from({ length: rows }, (_, row) =>
      Float64Array.from({ length: columns }, (_, column) => values[row * columns + column]),
    ),
    scale: data.scale,
    theme,
    nameRow: data.rowName,
    nameColumn: data.columnName ?? null,
    axisX: data.axisColumns,
    axisY: data.axisRows,
    frameOf: data.frameOf,
    fillOf: data.fillOf,
  };
}

/** A map of rows and columns that one can point at and walk through. */
export function MatrixMap(props: MatrixMapProps) {
  const { data, width, selected, noteOf } = props;
  const theme = useColorTheme();
  const scene = useMemo(() => toScene(data, width, theme), [data, width, theme]);
  const { layout } = scene;
  const [hovered, setHovered] = useState<(CanvasPoint & MapCell) | null>(null);
  const draw = useCallback<Draw>(
    (context) => drawMap(context, scene, getThemeColors(), getMapImage),
    [scene],
  );
  const drawOverlay = useCallback<Draw>(
    (context) => {
      const color = getThemeColors();
      if (selected !== null) drawSelectedCell(context, layout, selected, color);
      const lines = hovered === null ? [] : noteOf(hovered);
      if (hovered === null || lines.length === 0) return;
      drawNote(context, lines, color, (size) => ({
        x: Math.max(0, Math.min(hovered.x + 12, width - size.width)),
        y: hovered.y - size.height - 8 >= 0 ? hovered.y - size.height - 8 : hovered.y + 14,
      }));
    },
    [layout, selected, hovered, noteOf, width],
  );
  return (
    <ChartCanvas
      width={width}
      height={layout.height}
      draw={draw}
      drawOverlay={drawOverlay}
      label={props.label}
      spoken={props.spoken}
      onHover={(point) => {
        const cell = point && mapCellAt(layout, point.x, point.y);
        if (cell === null || point === null) {
          if (hovered === null) return;
          setHovered(null);
          props.onPreview(null);
          return;
        }
        if (hovered?.row === cell.row && hovered.column === cell.column) return;
        setHovered({ ...point, ...cell });
        props.onPreview(cell);
      }}
      onPress={(point) => {
        const cell = mapCellAt(layout, point.x, point.y);
        if (cell) props.onSelect(cell);
      }}
      onKey={(event: KeyboardEvent) => {
        const move = ARROW_MOVES[event.key];
        if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        props.onMove(...move);
      }}
    />
  );
}

/** Numbers at five places of a scale. */
export function scaleStops(scale: ColorScale): readonly number[] {
  const [from, to] =
    scale.kind === 'sequential' ? [scale.from, scale.to] : [-scale.limit, scale.limit];
  return [0, 0.25, 0.5, 0.75, 1].map((place) => from + place * (to - from));
}

/** The scale of a map as a legend's entries, for figures. */
export function toScaleEntries(
  scale: ColorScale,
  theme: ColorTheme,
  format: (value: number) => string,
): readonly LegendEntry[] {
  return scaleStops(scale).map((value) => ({
    text: format(value),
    fill: scaleColor(value, scale, theme),
  }));
}

/** The scale of a map with numbers. */
export function MapLegend(props: {
  readonly scale: ColorScale;
  readonly label: string;
  readonly format: (value: number) => string;
}) {
  const theme = useColorTheme();
  return (
    <span className="scale">
      <span>{props.label}</span>
      {scaleStops(props.scale).map((value) => (
        <span key={value}>
          <i style={{ background: scaleColor(value, props.scale, theme) }} />
          {props.format(value)}
        </span>
      ))}
    </span>
  );
}

/** A map with its legend as a painting, for exports. */
export function paintMatrixMap(
  data: MatrixMapData,
  width: number,
  theme: ColorTheme,
  legend: { readonly label: string; readonly format: (value: number) => string } | null,
  more: readonly LegendEntry[] = [],
): Painting {
  const scene = toScene(data, width, theme);
  const { width: across, height } = scene.layout;
  return withLegend(
    {
      width: across,
      height,
      draw: (context) => drawMap(context, scene, getThemeColors(), getMapImage),
    },
    [
      ...(legend === null
        ? []
        : [{ text: legend.label }, ...toScaleEntries(data.scale, theme, legend.format)]),
      ...more,
    ],
  );
}
