import { useMemo } from 'react';
import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import { type ColorTheme, categoryColor } from '../../ui/color-scales.ts';
import { MatrixMap } from '../../ui/MatrixMap.tsx';
import type { MapCell } from '../../ui/map-layout.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { toMapData } from './map-figure.ts';
import type { MapPanel, MapPanels } from './map-panels.ts';
import { t } from './messages.ts';

/** One set's map under its name. */
export function SetMap(props: {
  readonly panel: MapPanel;
  readonly scale: MapPanels['scale'];
  readonly results: DomainResults;
  readonly comparison: GroupComparison | undefined;
  readonly theme: ColorTheme;
  readonly note: string;
  readonly selected: MapCell | null;
  readonly noteOf: (cell: MapCell) => readonly string[];
  readonly onSelect: (cell: MapCell) => void;
  readonly onMove: (columns: number, rows: number) => void;
}) {
  const { panel, scale, results, comparison, theme, selected, noteOf } = props;
  const [box, width] = useElementWidth();
  const data = useMemo(
    () => toMapData(panel, scale, results, comparison),
    [panel, scale, results, comparison],
  );
  return (
    <figure className="small-map">
      <figcaption>
        <i className="swatch" style={{ background: categoryColor(panel.set.colorIndex, theme) }} />
        <span className="name">{panel.title}</span>
        <span className="faint">{props.note}</span>
      </figcaption>
      <div ref={box} className="chart-box">
        {width > 0 && (
          <MatrixMap
            data={data}
            width={width}
            selected={selected}
            label={t('labelMap', { title: panel.title })}
            spoken={selected === null ? '' : noteOf(selected).join('; ')}
            noteOf={noteOf}
            onPreview={() => undefined}
            onSelect={props.onSelect}
            onMove={props.onMove}
          />
        )}
      </div>
    </figure>
  );
}
