/**
 * Arithmetic that is shown and done at once: each expression knows how it is written (the TeX of
 * `ui/parse-formula.ts`) and what it comes to, so that the numbers of a worked example cannot disagree
 * with what is said of them.
 */
export interface Expression {
  readonly tex: string;
  readonly value: number;
  /** How tightly its parts hold together: 1 sums, 2 products, 3 needs no brackets ever. */
  readonly strength: 1 | 2 | 3;
}

/** A number as it stands in a line of arithmetic: at most `digits` decimals, none that say nothing. */
export function formatTerm(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  const rounded = Number(value.toFixed(digits));
  // Small numbers keep two digits that say something.
  const text =
    rounded === 0 && value !== 0
      ? value.toFixed(Math.min(8, 1 - Math.floor(Math.log10(Math.abs(value)))))
      : String(rounded);
  return text.replace('-', '−');
}

export function number(value: number): Expression {
  return { tex: formatTerm(value), value, strength: value < 0 ? 1 : 3 };
}

/** Something with a name, of which the value is known: "H_2". */
export function named(tex: string, value: number): Expression {
  return { tex, value, strength: 3 };
}

type Operand = Expression | number;
const toExpression = (operand: Operand): Expression =>
  typeof operand === 'number' ? number(operand) : operand;

function within(operand: Operand, strength: number): string {
  const expression = toExpression(operand);
  return expression.strength < strength ? `(${expression.tex})` : expression.tex;
}

export function sum(operands: readonly Operand[]): Expression {
  if (operands.length === 1) return toExpression(operands[0]);
  const parts = operands.map(toExpression);
  return {
    tex: parts.map((part, i) => (i > 0 ? within(part, 2) : part.tex)).join(' + '),
    value: parts.reduce((total, { value }) => total + value, 0),
    strength: 1,
  };
}

export function minus(a: Operand, b: Operand): Expression {
  const [left, right] = [toExpression(a), toExpression(b)];
  return {
    tex: `${left.tex} − ${within(right, 2)}`,
    value: left.value - right.value,
    strength: 1,
  };
}

export function times(...operands: readonly Operand[]): Expression {
  return {
    tex: operands.map((operand) => within(operand, 2)).join(' · '),
    value: operands.reduce<number>((product, each) => product * toExpression(each).value, 1),
    strength: 2,
  };
}

export function negative(operand: Operand): Expression {
  return { tex: `−${within(operand, 2)}`, value: -toExpression(operand).value, strength: 1 };
}

export function over(a: Operand, b: Operand): Expression {
  const [above, below] = [toExpression(a), toExpression(b)];
  return {
    tex: `\\frac{${above.tex}}{${below.tex}}`,
    value: above.value / below.value,
    strength: 3,
  };
}

export function mean(operands: readonly Operand[]): Expression {
  return over(sum(operands), operands.length);
}

/** A function of one thing: ln 0.5, exp(1.04). */
export function apply(name: 'ln' | 'exp', operand: Operand): Expression {
  const { value } = toExpression(operand);
  return {
    tex: name === 'ln' ? `\\ln ${within(operand, 3)}` : `\\exp(${toExpression(operand).tex})`,
    value: name === 'ln' ? Math.log(value) : Math.exp(value),
    strength: 2,
  };
}

export function largest(operands: readonly Operand[]): Expression {
  return choose('max', operands, Math.max);
}

export function smallest(operands: readonly Operand[]): Expression {
  return choose('min', operands, Math.min);
}

function choose(
  name: string,
  operands: readonly Operand[],
  by: (...values: number[]) => number,
): Expression {
  const parts = operands.map(toExpression);
  return {
    tex: `\\${name}(${parts.map(({ tex }) => tex).join(', ')})`,
    value: by(...parts.map(({ value }) => value)),
    strength: 3,
  };
}

export function root(operand: Operand): Expression {
  const { tex, value } = toExpression(operand);
  return { tex: `\\sqrt{${tex}}`, value: Math.sqrt(value), strength: 3 };
}

export function squared(operand: Operand): Expression {
  const { value } = toExpression(operand);
  return { tex: `{${within(operand, 3)}}^2`, value: value * value, strength: 3 };
}

export function distanceOf(operand: Operand): Expression {
  const { tex, value } = toExpression(operand);
  return { tex: `|${tex}|`, value: Math.abs(value), strength: 3 };
}

/** −(p ln p + …), the terms of 0 left out. */
export function entropyOf(weights: readonly number[]): Expression {
  const terms = weights.filter((p) => p > 0).map((p) => times(p, apply('ln', p)));
  return negative({ ...sum(terms), strength: 1 });
}
