import { formatInterval } from '../../state/domains/format-value.ts';
import { SeriesChart, type SeriesData } from '../../ui/SeriesChart.tsx';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { t } from './messages.ts';

export const LINES_HEIGHT = 280;

/** A line a set, its band, and what each colour means. */
export function SetLines(props: {
  readonly lines: SeriesData;
  readonly along: 'layers' | 'heads';
  readonly measureName: string;
  readonly height?: number;
  readonly selected: number;
  readonly format: (value: number) => string;
  readonly onSelect: (index: number) => void;
}) {
  const { lines, along, measureName, selected, format, onSelect } = props;
  const [box, width] = useElementWidth();
  const count = lines.series.reduce((most, { values }) => Math.max(most, values.length), 0);
  const say = (index: number): readonly string[] => [
    t(along === 'layers' ? 'layer' : 'head', { index }),
    ...lines.series.map(({ name, values, low, high }) =>
      t('withBand', {
        set: name,
        value: `${format(values[index])} ${lines.axisY}`,
        interval: formatInterval(low?.[index] ?? Number.NaN, high?.[index] ?? Number.NaN, 'score'),
      }),
    ),
  ];
  return (
    <>
      <div ref={box} className="chart-box">
        {width > 0 && (
          <SeriesChart
            data={lines}
            width={width}
            height={props.height ?? LINES_HEIGHT}
            selected={selected}
            label={t('labelLines', { measure: measureName })}
            spoken={say(selected).join('; ')}
            noteOf={say}
            onPreview={() => undefined}
            onSelect={onSelect}
            onMove={(places) => onSelect(Math.max(0, Math.min(count - 1, selected + places)))}
          />
        )}
      </div>
      <p className="legend">
        {lines.series.map(({ id, name, color }) => (
          <span key={id} className="set-key">
            <i className="swatch" style={{ background: color }} />
            {name}
          </span>
        ))}
        <span className="grow" />
        <span>{t('band')}</span>
        <span>{t('ours')}</span>
      </p>
    </>
  );
}
