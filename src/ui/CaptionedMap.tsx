import { MatrixMap, type MatrixMapData } from './MatrixMap.tsx';
import type { MapCell } from './map-layout.ts';
import { useElementWidth } from './use-element-size.ts';
import './captioned-map.css';

export interface CaptionedMapProps {
  readonly data: MatrixMapData;
  readonly color: string;
  readonly title: string;
  readonly note: string;
  readonly selected: MapCell | null;
  readonly label: string;
  readonly noteOf: (cell: MapCell) => readonly string[];
  readonly onSelect: (cell: MapCell) => void;
  /** A key moved by so many columns and rows; infinite at Home and End. */
  readonly onMove: (columns: number, rows: number) => void;
}

/** One of several maps side by side, under its name and colour; as wide as its place. */
export function CaptionedMap(props: CaptionedMapProps) {
  const { data, selected, noteOf } = props;
  const [box, width] = useElementWidth();
  return (
    <figure className="small-map">
      <figcaption>
        <i className="swatch" style={{ background: props.color }} />
        <span className="name">{props.title}</span>
        <span className="faint">{props.note}</span>
      </figcaption>
      <div ref={box} className="chart-box">
        {width > 0 && (
          <MatrixMap
            data={data}
            width={width}
            selected={selected}
            label={props.label}
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
