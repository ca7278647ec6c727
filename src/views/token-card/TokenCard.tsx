import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import type { LayerLinks, TokenLink } from '../../measures/token-links.ts';
import { displayToken, shortToken } from '../../text/display-token.ts';
import { LinkStrip } from './LinkStrip.tsx';
import { t } from './messages.ts';
import type { Candidate, WeightedToken } from './token-card-data.ts';
import { WeightList, type WeightRow } from './WeightList.tsx';

export interface TokenCardProps {
  readonly layer: number;
  readonly head: number;
  readonly token: number;
  /** Null before the head's layer has arrived. */
  readonly keys: readonly WeightedToken[] | null;
  /** Null while the head's matrix is read. */
  readonly queries: readonly WeightedToken[] | null;
  readonly links: readonly (LayerLinks | null)[];
  /** Null before the predictions are there. */
  readonly candidates: readonly Candidate[] | null;
  /** The token that the text goes on with, when it is not among the candidates. */
  readonly cameNext: { readonly text: string; readonly probability: number } | null;
  /** -ln p of the token itself, nats; NaN for the first one, null before the predictions are there. */
  readonly surprise: number | null;
  readonly isAtEnd: boolean;
  readonly textOf: (token: number) => string;
  readonly onPair: (query: number, key: number) => void;
  readonly onLink: (link: TokenLink, isKey: boolean) => void;
  readonly onAppend: (text: string) => void;
}

/** Whom the token looks at, who looks at it, and what the model expects after it. */
export function TokenCard(props: TokenCardProps) {
  const { layer, head, token, textOf } = props;
  const toRow = ({ token: other, weight }: WeightedToken, isKey: boolean): WeightRow => ({
    id: other,
    share: weight,
    name: (
      <button
        type="button"
        className="link mono"
        onClick={() => (isKey ? props.onPair(token, other) : props.onPair(other, token))}
      >
        {other} {shortToken(textOf(other), 12)}
      </button>
    ),
  });
  return (
    <>
      {props.surprise !== null && (
        <p className="faint" data-readout="surprise">
          {saySurprise(props.surprise)}
        </p>
      )}
      <div className="token-lists">
        <div>
          <h3>{t('keys', { layer, head })}</h3>
          <WeightList readout="keys" rows={(props.keys ?? []).map((each) => toRow(each, true))} />
          {props.keys?.length === 0 && <p className="faint">{t('noKeys')}</p>}
        </div>
        <div>
          <h3>{t('queries', { layer, head })}</h3>
          <WeightList
            readout="queries"
            rows={(props.queries ?? []).map((each) => toRow(each, false))}
          />
          {props.queries?.length === 0 && <p className="faint">{t('noQueries')}</p>}
        </div>
      </div>
      <h3>{t('layers')}</h3>
      <LinkStrip
        links={props.links}
        nameToken={(other) => shortToken(textOf(other), 16)}
        onSelect={props.onLink}
      />
      <h3>{t('next')}</h3>
      {props.candidates === null && <p className="faint">{t('waiting')}</p>}
      <WeightList
        readout="next"
        rows={(props.candidates ?? []).map((each) => ({
          id: each.id,
          share: each.probability,
          isMarked: each.isNext,
          name: props.isAtEnd ? (
            <button
              type="button"
              className="link mono"
              title={t('append', { text: displayToken(each.text) })}
              onClick={() => props.onAppend(each.text)}
            >
              {shortToken(each.text, 14)}
            </button>
          ) : (
            <span className="mono">
              {shortToken(each.text, 14)}
              {each.isNext && <span className="faint"> {t('cameNext')}</span>}
            </span>
          ),
        }))}
      />
      {props.cameNext && (
        <p className="faint">
          {t('cameNextAt', {
            text: shortToken(props.cameNext.text, 20),
            probability: formatPercent(props.cameNext.probability),
          })}
        </p>
      )}
    </>
  );
}

function saySurprise(surprise: number): string {
  if (Number.isNaN(surprise)) return t('noSurprise');
  const probability = formatPercent(Math.exp(-surprise));
  return t('surprise', { nats: formatNumber(surprise), probability });
}
