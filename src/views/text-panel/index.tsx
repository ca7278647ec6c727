import { useCallback, useMemo, useState } from 'react';
import type { UnitIndex } from '../../lib/flavor.ts';
import type { TokenTint } from '../../state/display-options.ts';
import { useActions, useApp, useShownSelection } from '../../state/hooks.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { useColorTheme } from '../../ui/use-theme.ts';
import { type About, ViewFrame, type ViewStatus } from '../../ui/ViewFrame.tsx';
import { t } from './messages.ts';
import { StripLegend } from './StripLegend.tsx';
import { sayUnit } from './say-token.ts';
import { TextField } from './TextField.tsx';
import { TokenStrip } from './TokenStrip.tsx';
import { tintColor, toPlace } from './tint-scale.ts';
import { TINTS } from './tint-values.ts';
import { usePanelStatus } from './use-panel-status.ts';
import { type ShownStrip, useShownStrip } from './use-shown-strip.ts';
import { getLegendStops, useStripExports } from './use-strip-exports.ts';
import './text-panel.css';

const CHOICES: readonly TokenTint[] = ['none', ...TINTS];

/** What each tint is, with its formula and source. */
function aboutOf(tint: TokenTint): About {
  const of: Readonly<Record<TokenTint, Omit<About, 'isOurs'>>> = {
    none: { sentence: t('aboutNone'), formula: t('formulaNone'), source: t('sourceNone') },
    entropy: {
      sentence: t('aboutEntropy'),
      formula: t('formulaEntropy'),
      source: t('sourceEntropy'),
    },
    received: {
      sentence: t('aboutReceived'),
      formula: t('formulaReceived'),
      source: t('sourceReceived'),
    },
    'from-query': {
      sentence: t('aboutFromQuery'),
      formula: t('formulaFromQuery'),
      source: t('sourceWeights'),
    },
    'to-key': { sentence: t('aboutToKey'), formula: t('formulaToKey'), source: t('sourceWeights') },
    surprise: {
      sentence: t('aboutSurprise'),
      formula: t('formulaSurprise'),
      source: t('sourceSurprise'),
    },
  };
  const about = of[tint];
  return {
    ...about,
    sentence: `${t('about')} ${about.sentence}`,
    ...(tint === 'received' ? { isOurs: true } : {}),
  };
}

/** The same element each time: what is pointed at in the strip does not draw the field again. */
const FIELD = <TextField />;

/** The text: the field it is given in, and its tokens, tinted. */
export default function TextPanel() {
  const shown = useShownStrip();
  const status = usePanelStatus(shown?.tokens ?? null);
  const exports = useStripExports(shown);
  const { tint } = useApp((state) => state.display);
  const characters = useApp((state) => state.text.length);
  const actions = useActions();
  return (
    <ViewFrame
      id="text-panel"
      title={t('title')}
      subtitle={
        <span data-readout="tokens">
          {shown && !shown.isBehind
            ? t('subtitle', { count: shown.tokens.ids.length })
            : t('characters', { count: characters })}
        </span>
      }
      about={aboutOf(tint)}
      controls={
        <Choice
          label={t('tint')}
          value={tint}
          options={CHOICES.map((value) => [value, t(value)] as const)}
          onChange={(value) => actions.setDisplay({ tint: value })}
        />
      }
      status={status}
      lead={FIELD}
      {...(exports ? { exports } : {})}
    >
      {shown && <Tokens shown={shown} run={status.kind} />}
    </ViewFrame>
  );
}

/** The strip with the readout, the scale, and what is missing for a tint. */
function Tokens({
  shown,
  run,
}: {
  readonly shown: ShownStrip;
  /** Where the run stands: what is missing may come, or not. */
  readonly run: ViewStatus['kind'];
}) {
  const { tokens, strip, units, unitOf, values, sources } = shown;
  const { tint, unit, scale } = useApp((state) => state.display);
  const pinned = useApp(({ selection: { query, key } }) => ({ query, key }));
  const preview = useShownSelection();
  const actions = useActions();
  const continuation = useApp((state) => state.continuation);
  const generated = useMemo(
    () =>
      continuation?.tokens.ids.length === tokens.ids.length
        ? {
            first: tokens.ids.length - continuation.probabilities.length,
            probabilities: continuation.probabilities,
          }
        : null,
    [continuation, tokens],
  );
  const theme = useColorTheme();
  const [isWhole, setIsWhole] = useState(false);
  // A pinned query that tints is kept while one points at its keys.
  const pointsAtKeys = tint === 'from-query' && pinned.query !== null;
  const colors = useMemo(
    () =>
      values &&
      Array.from(values.values, (value) => tintColor(toPlace(value, values, scale), theme)),
    [values, scale, theme],
  );
  const onPreview = useCallback(
    (unitIndex: UnitIndex | null) => {
      if (unitIndex === null) actions.preview(null);
      else actions.preview(pointsAtKeys ? { key: unitIndex } : { query: unitIndex });
    },
    [actions, pointsAtKeys],
  );
  const onSelect = useCallback(
    (unitIndex: UnitIndex, isKey: boolean) =>
      actions.select(isKey ? { key: unitIndex } : { query: unitIndex }),
    [actions],
  );
  const query = sources?.query ?? pinned.query;
  const keyUnit = sources?.key ?? pinned.key;
  const say = useCallback(
    (index: UnitIndex) =>
      sayUnit(index, {
        tokens,
        strip,
        units,
        unit,
        tint,
        values,
        query,
        key: keyUnit,
        pinned,
        generated,
      }),
    [tokens, strip, units, unit, tint, values, query, keyUnit, pinned, generated],
  );
  const hint = unit === 'token' ? t('hint') : t('hintUnit', { unit: t(unit) });
  const missing =
    tint === 'none' || (values !== null && values.largest > 0)
      ? hint
      : values !== null
        ? t('nothing')
        : tint === 'from-query' && query === null
          ? t('pickQuery')
          : tint === 'to-key' && keyUnit === null
            ? t('pickKey')
            : run === 'failed'
              ? hint
              : t(run === 'ready' && sources === null ? 'stopped' : 'waiting');
  const other = (now: number | null, before: number | null) => (now === before ? null : now);
  return (
    <TokenStrip
      strip={strip}
      units={units}
      unitOf={unitOf}
      colors={colors}
      query={pinned.query}
      keyUnit={pinned.key}
      firstGenerated={generated?.first ?? null}
      previewed={other(preview.query, pinned.query) ?? other(preview.key, pinned.key)}
      isBehind={shown.isBehind}
      isWhole={isWhole}
      say={say}
      onPreview={onPreview}
      onSelect={onSelect}
    >
      {(readout) => (
        <StripLegend
          readout={readout || missing}
          stops={values && values.largest > 0 ? getLegendStops(values, scale) : []}
          canGrow={tokens.ids.length > 100}
          isWhole={isWhole}
          onWhole={() => setIsWhole(!isWhole)}
        />
      )}
    </TokenStrip>
  );
}
