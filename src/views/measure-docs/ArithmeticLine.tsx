import { Formula } from '../../ui/Formula.tsx';
import { type Expression, formatTerm } from './arithmetic.ts';
import { splitLine } from './arithmetic-line.ts';

/** "left = expression = value", wrapped between terms where it is too long for the page. */
export function ArithmeticLine(props: {
  readonly left: string;
  readonly expression: Expression;
  readonly value: number;
  readonly unit?: string;
}) {
  const { left, expression, value, unit } = props;
  const said = formatTerm(value);
  const pieces = [{ joiner: '', tex: left }, ...splitLine(expression.tex, '=')];
  return (
    <p className="arithmetic">
      {pieces.map(({ joiner, tex }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line's pieces never change places
        <span key={i} className="piece">
          {joiner !== '' && <Formula source={joiner} />}
          <Formula source={tex} isDisplay />
        </span>
      ))}
      {expression.tex !== said && (
        <span className="piece">
          <Formula source="=" />
          <Formula source={said} />
        </span>
      )}
      {unit !== undefined && <span className="unit">{unit}</span>}
    </p>
  );
}
