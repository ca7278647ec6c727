import { sequentialColor } from './color-scales.ts';
import { useColorTheme } from './use-theme.ts';

/** The sequential scale (or the accent colour's opacity) with numbers at places of it. */
export function ScaleLegend(props: {
  readonly stops: readonly (readonly [number, string])[];
  readonly label?: string;
  readonly isOpacity?: boolean;
}) {
  const theme = useColorTheme();
  const background = (place: number): string =>
    props.isOpacity
      ? `color-mix(in srgb, var(--accent) ${place * 100}%, transparent)`
      : sequentialColor(place, theme);
  return (
    <span className="scale">
      {props.label && <span>{props.label}</span>}
      {props.stops.map(([place, text]) => (
        <span key={place}>
          <i style={{ background: background(place) }} />
          {text}
        </span>
      ))}
    </span>
  );
}
