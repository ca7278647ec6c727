import { createElement, type ReactNode, useMemo } from 'react';
import { type FormulaPart, parseFormula } from './parse-formula.ts';

/** Names and operators whose indices stand below and above them in a line of its own. */
const WITH_LIMITS = new Set(['∑', 'max', 'min', 'argmax', 'mean', 'share']);
/** Names of functions, which are set a little apart from what they are applied to. */
const FUNCTIONS = /^(ln|exp|max|min|argmax|mean|share|JS|rank|var)$/;

/**
 * A formula as MathML, which browsers set and screen readers say; its source is the TeX of
 * `parseFormula`. `isBlock`: in a line of its own, with large sums; `isDisplay`: as large, within a line.
 */
export function Formula(props: {
  readonly source: string;
  readonly isBlock?: boolean;
  readonly isDisplay?: boolean;
}) {
  const { source, isBlock = false, isDisplay = isBlock } = props;
  return useMemo(
    () =>
      createElement(
        'math',
        {
          display: isBlock ? 'block' : 'inline',
          displaystyle: isDisplay ? 'true' : 'false',
          className: 'math',
        },
        createElement('mrow', null, ...setRow(parseFormula(source), isDisplay)),
      ),
    [source, isBlock, isDisplay],
  );
}

/** A minus at the beginning of something is a sign: it stands close to what it belongs to. */
function setRow(parts: readonly FormulaPart[], isBlock: boolean): readonly ReactNode[] {
  let bars = 0;
  return parts.map((part, i) => {
    const before = parts[i - 1];
    const isSign =
      before?.kind === 'operator' &&
      (before.text === '|' ? bars % 2 === 1 : !/[)\]]/.test(before.text));
    if (part.kind === 'operator' && part.text === '|') bars++;
    if (part.kind === 'operator' && part.text === '−' && isSign)
      return createElement('mo', { form: 'prefix', lspace: '0', rspace: '0' }, part.text);
    return setPart(part, isBlock);
  });
}

function setPart(part: FormulaPart, isBlock: boolean): ReactNode {
  const set = (each: FormulaPart): ReactNode => setPart(each, isBlock);
  switch (part.kind) {
    case 'name':
      return FUNCTIONS.test(part.text)
        ? createElement(
            'mo',
            { lspace: '0.12em', rspace: '0.17em', className: 'function' },
            part.text,
          )
        : createElement('mi', null, part.text);
    case 'number':
      return createElement('mn', null, part.text);
    case 'operator':
      return createElement('mo', propertiesOf(part.text, isBlock), part.text);
    case 'text':
      return createElement('mtext', null, part.text.replace(/^ | $/g, '\u00a0'));
    case 'row':
      return createElement('mrow', null, ...setRow(part.parts, isBlock));
    case 'fraction':
      return createElement('mfrac', null, ...part.parts.map(set));
    case 'root':
      return createElement('msqrt', null, ...part.parts.map(set));
    case 'overline':
      return createElement(
        'mover',
        { accent: 'true' },
        ...part.parts.map(set),
        createElement('mo', null, '¯'),
      );
    case 'scripts': {
      const { base, below, above } = part;
      const hasLimits =
        isBlock && (base.kind === 'name' || base.kind === 'operator') && WITH_LIMITS.has(base.text);
      const [low, high, both] = hasLimits
        ? ['munder', 'mover', 'munderover']
        : ['msub', 'msup', 'msubsup'];
      const name = below === null ? high : above === null ? low : both;
      const indices = [below, above].filter((each) => each !== null);
      return createElement(name, null, set(base), ...indices.map(set));
    }
  }
}

/** Sums are enlarged by the style sheet, because not every machine has a font that does it. */
function propertiesOf(operator: string, isBlock: boolean): Record<string, string> {
  if (operator === '∑') return { largeop: 'false', ...(isBlock ? { className: 'sum' } : {}) };
  return operator === '|' ? { stretchy: 'false', lspace: '0', rspace: '0' } : {};
}
