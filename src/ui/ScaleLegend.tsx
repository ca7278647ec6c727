import { sequentialColor } from './color-scales.ts';
import { useColorTheme } from './use-theme.ts';

/** The sequential scale with numbers at places of it. */
export function ScaleLegend(props: {
  readonly stops: readonly (readonly [number, string])[];
  readonly label?: string;
}) {
  const theme = useColorTheme();
  return (
    <span className="scale">
      {props.label && <span>{props.label}</span>}
      {props.stops.map(([place, text]) => (
        <span key={place}>
          <i style={{ background: sequentialColor(place, theme) }} />
          {text}
        </span>
      ))}
    </span>
  );
}
