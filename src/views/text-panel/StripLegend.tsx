import { useColorTheme } from '../../ui/use-theme.ts';
import { BeginSwitch } from './BeginSwitch.tsx';
import { t } from './messages.ts';
import { tintColor } from './tint-scale.ts';

/** Under the strip: what is pointed at, and the tint's scale in numbers. */
export function StripLegend(props: {
  readonly readout: string;
  readonly stops: readonly (readonly [place: number, text: string])[];
  readonly canGrow: boolean;
  readonly isWhole: boolean;
  readonly onWhole: () => void;
}) {
  const theme = useColorTheme();
  return (
    <div className="legend strip-legend">
      <span role="status" className="strip-readout" data-readout="token">
        <bdi>{props.readout}</bdi>
      </span>
      {props.stops.length > 0 && (
        <span
          className="scale"
          role="img"
          aria-label={`${t('legend')}: ${props.stops.map(([, text]) => text).join(', ')}`}
        >
          {props.stops.map(([place, text]) => (
            <span key={place}>
              <i style={{ background: tintColor(place, theme) }} />
              {text}
            </span>
          ))}
        </span>
      )}
      <BeginSwitch />
      {props.canGrow && (
        <button
          type="button"
          className="chip"
          aria-pressed={props.isWhole}
          title={t('wholeTitle')}
          onClick={props.onWhole}
        >
          {t('whole')}
        </button>
      )}
    </div>
  );
}
