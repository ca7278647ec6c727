import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { TokenIndex, UnitIndex } from '../../lib/flavor.ts';
import type { UnitSpan } from '../../text/get-units.ts';
import { findBeside } from './find-beside.ts';
import { t } from './messages.ts';
import { StripText, tokenId } from './StripText.tsx';
import type { Strip } from './strip-blocks.ts';
import { moveOfKey } from './strip-moves.ts';
import { getPage, pageOf } from './strip-pages.ts';
import { useGeneratedMarks } from './use-generated-marks.ts';
import { keepInside, useMarks } from './use-marks.ts';

export interface TokenStripProps {
  readonly strip: Strip;
  readonly units: readonly UnitSpan[];
  readonly unitOf: Int32Array;
  /** Background of each unit; null without a tint. */
  readonly colors: readonly string[] | null;
  readonly query: UnitIndex | null;
  readonly keyUnit: UnitIndex | null;
  /** The first token that the model added; null when all are the person's own. */
  readonly firstGenerated: TokenIndex | null;
  /** What another view, or the pointer here, previews. */
  readonly previewed: UnitIndex | null;
  /** Whether the tokens are those of the text as it was a moment ago. */
  readonly isBehind: boolean;
  readonly isWhole: boolean;
  /** Says of a unit what is known of it. */
  readonly say: (unit: UnitIndex) => string;
  readonly onPreview: (unit: UnitIndex | null) => void;
  readonly onSelect: (unit: UnitIndex, isKey: boolean) => void;
  /** What stands in the place of the readout while nothing is pointed at, and beside it. */
  readonly children: (readout: string) => ReactNode;
}

/** The text as text, each token tinted: one list in the tab order, pages where it is long. */
export function TokenStrip(props: TokenStripProps) {
  const { strip, units, unitOf, colors, query, keyUnit } = props;
  const count = strip.tokens.length;
  const list = useRef<HTMLDivElement>(null);
  const [chosenPage, setChosenPage] = useState(0);
  const [cursor, setCursor] = useState<UnitIndex | null>(null);
  const [pointed, setPointed] = useState<UnitIndex | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const page = getPage(count, chosenPage);
  const { start, end } = page;
  const tokenOf = (index: TokenIndex): HTMLElement | null =>
    list.current?.querySelector(`[data-token="${index}"]`) ?? null;

  // What is selected elsewhere is brought onto the page, as far as there is such a unit.
  const selectedToken = units[query ?? keyUnit ?? -1]?.start ?? null;
  useEffect(() => {
    if (selectedToken === null) return;
    setChosenPage(pageOf(selectedToken));
    setCursor(unitOf[selectedToken]);
  }, [selectedToken, unitOf]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other units are counted otherwise
  useEffect(() => setPointed(null), [units]);
  const active = cursor !== null && cursor < units.length ? cursor : units.length > 0 ? 0 : null;
  const activeToken = active === null ? null : units[active].start;
  const isActiveDrawn = activeToken !== null && activeToken >= start && activeToken < end;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new strip or page has new elements
  useLayoutEffect(() => {
    for (const element of list.current?.querySelectorAll<HTMLElement>('[data-token]') ?? []) {
      const color = colors?.[unitOf[Number(element.dataset.token)]] ?? '';
      element.style.background = color;
      element.toggleAttribute('data-tinted', color !== '' && color !== 'transparent');
    }
  }, [colors, strip, start, end]);
  useMarks(list, 'query', units, query, strip, { start, end });
  useMarks(list, 'key', units, keyUnit, strip, { start, end });
  useGeneratedMarks(list, props.firstGenerated, strip, { start, end });
  const shown = pointed ?? (hasFocus ? active : null) ?? props.previewed;
  useMarks(list, 'pointed', units, shown, strip, { start, end });
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the selection and the cursor only
  useEffect(() => {
    if (activeToken !== null) keepInside(list.current, tokenOf(activeToken));
  }, [activeToken, start]);

  const point = (unit: UnitIndex | null): void => {
    if (unit === pointed) return;
    setPointed(unit);
    props.onPreview(unit);
  };
  const moveTo = (unit: UnitIndex): void => {
    const inside = Math.max(0, Math.min(units.length - 1, unit));
    setCursor(inside);
    setPointed(null);
    setChosenPage(pageOf(units[inside].start));
    props.onPreview(inside);
  };
  const turnPage = (to: number): void => {
    const next = getPage(count, to);
    if (next.page === page.page) return;
    setChosenPage(next.page);
    setCursor(unitOf[next.start]);
    setPointed(null);
  };
  const moveRow = (step: -1 | 1): void => {
    if (active === null || activeToken === null || list.current === null) return;
    const elements = [...list.current.querySelectorAll<HTMLElement>('[data-token]')];
    const boxes = elements.map((element) => element.getBoundingClientRect());
    const from = elements.findIndex((each) => Number(each.dataset.token) === activeToken);
    const found = findBeside(boxes, from, step);
    if (found !== null) moveTo(unitOf[Number(elements[found].dataset.token)]);
    else if (step === 1 && end < count) moveTo(unitOf[end]);
    else if (step === -1 && start > 0) moveTo(unitOf[start - 1]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moveOfKey(event);
    if (active === null || move === null) return;
    event.preventDefault();
    setHasFocus(true);
    if (move === 'select') props.onSelect(active, event.shiftKey);
    else if (move.by === 'unit') moveTo(active + move.step);
    else if (move.by === 'text') moveTo(move.step < 0 ? 0 : units.length - 1);
    else if (move.by === 'row') moveRow(move.step);
    else turnPage(page.page + move.step);
  };
  const unitAt = (target: EventTarget): UnitIndex | null => {
    const token = target instanceof Element ? target.closest<HTMLElement>('[data-token]') : null;
    return token === null ? null : (unitOf[Number(token.dataset.token)] ?? null);
  };
  const said = shown === null ? '' : props.say(shown);
  return (
    <>
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        className="strip"
        data-whole={props.isWhole || undefined}
        data-behind={props.isBehind || undefined}
        data-turns={strip.blocks.some(({ turn }) => turn) || undefined}
        aria-label={t('strip')}
        aria-description={t('stripKeys')}
        aria-activedescendant={
          isActiveDrawn && activeToken !== null ? tokenId(activeToken) : undefined
        }
        onKeyDown={onKeyDown}
        onFocus={() => setHasFocus(list.current?.matches(':focus-visible') ?? false)}
        onBlur={() => {
          setHasFocus(false);
          props.onPreview(null);
        }}
        onMouseDown={(event) => {
          // With Shift the browser would select text from where it was clicked before.
          if (!event.shiftKey) return;
          event.preventDefault();
          list.current?.focus({ preventScroll: true });
        }}
        onPointerOver={(event) => {
          const unit = unitAt(event.target);
          if (unit !== null) point(unit);
        }}
        onPointerLeave={() => point(null)}
        onClick={(event) => {
          const unit = unitAt(event.target);
          if (unit === null) return;
          setCursor(unit);
          props.onSelect(unit, event.shiftKey);
        }}
      >
        <StripText strip={strip} page={page} />
      </div>
      {page.pageCount > 1 && (
        <fieldset className="choice strip-pages">
          <legend className="spoken">{t('pages')}</legend>
          <button
            type="button"
            className="chip icon"
            disabled={page.page === 0}
            aria-label={t('pageBack')}
            onClick={() => turnPage(page.page - 1)}
          >
            ‹
          </button>
          <span className="faint" data-readout="page">
            {t('page', { first: start, last: end - 1, count })}
          </span>
          <button
            type="button"
            className="chip icon"
            disabled={page.page === page.pageCount - 1}
            aria-label={t('pageNext')}
            onClick={() => turnPage(page.page + 1)}
          >
            ›
          </button>
        </fieldset>
      )}
      {props.children(said)}
    </>
  );
}
