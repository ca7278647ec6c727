import { useMemo } from 'react';
import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { CaptionedMap, type CaptionedMapProps } from '../../ui/CaptionedMap.tsx';
import { type ColorTheme, categoryColor } from '../../ui/color-scales.ts';
import { toMapData } from './map-figure.ts';
import type { MapPanel, MapPanels } from './map-panels.ts';
import { t } from './messages.ts';

/** One set's map under its name. */
export function SetMap(
  props: Pick<CaptionedMapProps, 'note' | 'selected' | 'noteOf' | 'onSelect' | 'onMove'> & {
    readonly panel: MapPanel;
    readonly scale: MapPanels['scale'];
    readonly results: DomainResults;
    readonly comparison: GroupComparison | undefined;
    readonly theme: ColorTheme;
  },
) {
  const { panel, scale, results, comparison, theme, ...map } = props;
  const data = useMemo(
    () => toMapData(panel, scale, results, comparison),
    [panel, scale, results, comparison],
  );
  return (
    <CaptionedMap
      {...map}
      data={data}
      color={categoryColor(panel.set.colorIndex, theme)}
      title={panel.title}
      label={t('labelMap', { title: panel.title })}
    />
  );
}
