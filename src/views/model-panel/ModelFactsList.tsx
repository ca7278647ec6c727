import type { ReactNode } from 'react';
import { displayName } from '../../lib/display-name.ts';
import { formatBytes } from '../../lib/format-number.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { ModelOrigin } from '../../protocol/model-origin.ts';
import { t } from './messages.ts';
import { sayOrigin } from './say-progress.ts';

/** Names with values, as a list that a screen reader reads in pairs. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is known of the loaded model. */
export function ModelFactsList({
  facts,
  origin,
}: {
  readonly facts: ModelFacts;
  readonly origin: ModelOrigin;
}) {
  return (
    <Facts
      rows={[
        [t('name'), displayName(facts.fileName)],
        [t('origin'), sayOrigin(origin)],
        [
          t('size'),
          t('sizeAndTypes', { size: formatBytes(facts.fileBytes), types: facts.fileType }),
        ],
        [t('kind'), facts.architecture],
        [
          t('shape'),
          t('shapeValue', {
            count: facts.layerCount,
            heads: facts.headCount,
            groups: facts.keyValueHeadCount,
            parameters: formatMillions(facts.parameterCount),
          }),
        ],
        [t('context'), t('contextValue', { count: facts.contextLength })],
        [t('precision'), t(sayPrecision(facts))],
        [
          t('memory'),
          t('memoryValue', {
            total: formatBytes(facts.estimatedBytes),
            count: Math.min(512, facts.contextLength),
          }),
        ],
        [t('device'), sayDevice(facts)],
        [t('begin'), sayBegin(facts)],
        [
          t('hash'),
          <span key="hash" className="hash" data-readout="hash">
            {facts.sha256 ?? t('computing')}
          </span>,
        ],
        [t('leaves'), t('nothing')],
      ]}
    />
  );
}

/** Millions with as many digits as tell small models apart: "0.06", "135", "1,240". */
export function formatMillions(count: number): string {
  const millions = count / 1e6;
  return millions >= 10 ? Math.round(millions).toLocaleString('en') : millions.toPrecision(2);
}

function sayPrecision({ precision, isCompressed }: ModelFacts) {
  if (precision === 'packed') return 'precisionPacked';
  return isCompressed ? 'precisionFloat' : 'precisionPlain';
}

/** What computes, and why not more of it. */
function sayDevice({ device, threads }: ModelFacts): string {
  if (device === 'webgpu') return t('deviceGpu');
  if (!window.crossOriginIsolated) return t('deviceNotIsolated');
  return t('deviceWasm', { threads, cores: navigator.hardwareConcurrency });
}

function sayBegin({ beginToken, addsBeginToken }: ModelFacts): string {
  if (beginToken === null) return t('beginNone');
  return t(addsBeginToken ? 'beginAdded' : 'beginNotAdded', { token: beginToken });
}
