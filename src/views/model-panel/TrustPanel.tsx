import { type ReactNode, useEffect, useRef, useState } from 'react';
import { toHeadlightError } from '../../lib/headlight-error.ts';
import { LatestWins } from '../../lib/latest-wins.ts';
import {
  type Deviation,
  type ModelReference,
  parseReference,
} from '../../measures/model-reference.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import { checkModel, type ModelCheck } from '../../state/check-model.ts';
import { useHeadlight } from '../../state/hooks.tsx';
import { Facts } from './ModelFactsList.tsx';
import { t } from './messages.ts';

/** Reference values that come with the page, by the hash of the model's file. */
const REFERENCES: Readonly<Record<string, string>> = {
  b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53:
    'reference/SmolLM2-135M-Instruct.Q4_1.safetensors',
};
/** As the reference's README gives them; rows are sums of float32 numbers. */
const ATTENTION_TOLERANCE = 1e-4;
const LOGITS_TOLERANCE = 1e-3;
const ROWS_TOLERANCE = 1e-5;

type CheckStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'working' }
  | { readonly status: 'failed'; readonly why: string }
  | { readonly status: 'done'; readonly check: ModelCheck };

async function fetchReference(facts: ModelFacts, engine: Engine): Promise<ModelReference | null> {
  const sha256 = facts.sha256 ?? (await engine.readFileHash());
  const path = sha256 === null ? undefined : REFERENCES[sha256];
  if (path === undefined) return null;
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return parseReference(new Uint8Array(await response.arrayBuffer()));
}

/** Compares the loaded model with itself and with reference values, when the person asks for it. */
export function TrustPanel({ facts }: { readonly facts: ModelFacts }) {
  const { engine } = useHeadlight();
  const [state, setState] = useState<CheckStatus>({ status: 'idle' });
  const [checking] = useState(() => new LatestWins());
  // The engine does one thing at a time: what nobody waits for must not hold it.
  useEffect(() => () => checking.cancel(), [checking]);
  const stop = (): void => {
    checking.cancel();
    setState({ status: 'idle' });
  };
  const own = useRef<HTMLInputElement>(null);
  const result = useRef<HTMLDivElement>(null);
  // What was asked for may be below what is seen.
  useEffect(() => {
    if (state.status !== 'idle') result.current?.scrollIntoView({ block: 'nearest' });
  }, [state]);
  const check = async (getReference: () => Promise<ModelReference | null>): Promise<void> => {
    checking.cancel();
    setState({ status: 'working' });
    await checking.start(async (signal) => {
      try {
        const found = await checkModel(engine(), facts, await getReference(), signal);
        if (!signal.aborted) setState({ status: 'done', check: found });
      } catch (thrown) {
        if (!signal.aborted) setState({ status: 'failed', why: toHeadlightError(thrown).message });
      }
    });
  };
  const takeOwn = (input: HTMLInputElement): void => {
    const [file] = input.files ?? [];
    input.value = '';
    if (file) void check(async () => parseReference(new Uint8Array(await file.arrayBuffer())));
  };
  const isWorking = state.status === 'working';
  return (
    <section className="trust" aria-label={t('trust')}>
      <h3>{t('trust')}</h3>
      <p className="faint">{t('trustWhy')}</p>
      <p className="buttons">
        <button
          type="button"
          className="button"
          disabled={isWorking}
          onClick={() => void check(() => fetchReference(facts, engine()))}
        >
          {t('check')}
        </button>
        <button
          type="button"
          className="button"
          disabled={isWorking}
          title={t('checkOwnWhy')}
          onClick={() => own.current?.click()}
        >
          {t('checkOwn')}
        </button>
        <input
          ref={own}
          type="file"
          hidden
          accept=".safetensors"
          data-input="reference"
          onChange={(event) => takeOwn(event.currentTarget)}
        />
      </p>
      <div role="status" data-readout="trust" ref={result}>
        {isWorking && (
          <p className="buttons">
            {t('checking2')}
            <button type="button" className="chip" onClick={stop}>
              {t('stop')}
            </button>
          </p>
        )}
        {state.status === 'failed' && <p className="bad">{t('checkFailed', { why: state.why })}</p>}
        {state.status === 'done' && <CheckResult check={state.check} />}
      </div>
    </section>
  );
}

const exponent = (value: number): string =>
  Number.isFinite(value) ? (value === 0 ? '0' : value.toExponential(1)) : 'NaN';

function Verdict({ isGood, children }: { readonly isGood: boolean; readonly children: ReactNode }) {
  return (
    <>
      <i className={isGood ? 'dot good' : 'dot bad'} aria-hidden="true" />
      <span className={isGood ? 'spoken' : 'bad'}>{t(isGood ? 'good' : 'bad')}</span> {children}
    </>
  );
}

function CheckResult({ check }: { readonly check: ModelCheck }) {
  const { rows, byToken, reference } = check;
  const where = ({ layer, head, query, key }: Deviation): string =>
    t('largestAt', { layer, head, query, key });
  return (
    <>
      <Facts
        rows={[
          [
            t('rows'),
            <Verdict key="rows" isGood={rows <= ROWS_TOLERANCE}>
              {t('rowsValue', { deviation: exponent(rows) })}
            </Verdict>,
          ],
          [
            t('byToken'),
            <Verdict key="by-token" isGood={byToken.largest <= ATTENTION_TOLERANCE}>
              <span title={where(byToken)}>
                {t('byTokenValue', { deviation: exponent(byToken.largest) })}
              </span>
            </Verdict>,
          ],
          ...(reference === null
            ? [[t('reference'), t('noReference')] as const]
            : [
                [
                  t('attention'),
                  <Verdict
                    key="attention"
                    isGood={reference.attention.largest <= ATTENTION_TOLERANCE}
                  >
                    <span title={where(reference.attention)}>
                      {t('attentionValue', { deviation: exponent(reference.attention.largest) })}
                    </span>
                  </Verdict>,
                ] as const,
                ...(reference.logits === null
                  ? []
                  : [
                      [
                        t('logits'),
                        <Verdict key="logits" isGood={reference.logits <= LOGITS_TOLERANCE}>
                          {t('logitsValue', { share: exponent(reference.logits) })}
                        </Verdict>,
                      ] as const,
                    ]),
              ]),
        ]}
      />
      {reference !== null && reference.attention.largest > 0.01 && <p>{t('otherModel')}</p>}
      <p className="faint">
        {t('tolerance', {
          attention: exponent(ATTENTION_TOLERANCE),
          logits: exponent(LOGITS_TOLERANCE),
          tokens: check.tokenCount,
        })}
      </p>
    </>
  );
}
