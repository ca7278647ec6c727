import { useEffect, useMemo, useRef } from 'react';
import type { RunData } from '../../protocol/run.ts';
import type { GridOrder } from '../../state/display-options.ts';
import { type GridLayout, layOutByLayer, layOutFlow } from './grid-layout.ts';
import { type HeadGroup, type MeasuredHead, orderHeads } from './order-heads.ts';

/**
 * The layout of the grid in an order. While layers arrive heads stay where they stood in the last complete
 * run, so that squares do not jump about; before the first one they stand in the order of layers.
 */
export function useGridLayout(
  run: RunData | null,
  heads: readonly MeasuredHead[],
  order: GridOrder,
  width: number,
): GridLayout | null {
  const model = run?.model ?? null;
  const isWhole = model !== null && heads.length === model.layerCount * model.headCount;
  const ordered = useMemo(
    () => (isWhole && order !== 'layer' ? orderHeads(heads, order) : null),
    [isWhole, heads, order],
  );
  const before = useRef<{
    readonly order: GridOrder;
    readonly groups: readonly HeadGroup[];
  } | null>(null);
  useEffect(() => {
    if (ordered !== null) before.current = { order, groups: ordered };
  }, [ordered, order]);
  const kept = before.current?.order === order ? before.current.groups : null;
  const groups = ordered ?? kept;
  const layerCount = model?.layerCount ?? 0;
  const headCount = model?.headCount ?? 0;
  const groupSize = model === null ? 1 : model.headCount / model.keyValueHeadCount;
  return useMemo(() => {
    if (layerCount === 0 || width === 0) return null;
    const byLayer = layOutByLayer(width, { layerCount, headCount, groupSize });
    if (order === 'layer') return byLayer;
    return layOutFlow(width, byLayer.cell, groups ?? [{ group: null, heads: byLayer.cells }]);
  }, [width, layerCount, headCount, groupSize, order, groups]);
}
