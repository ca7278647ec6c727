import { formatBytes } from '../lib/format-number.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import { useApp, useSlice } from '../state/hooks.tsx';
import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';
import { Pop } from '../ui/Pop.tsx';
import { t } from './messages.ts';

/** The model's name and state; opened, what is known of it and why its numbers can be trusted. */
export function ModelChip() {
  const model = useApp((state) => state.model);
  if (model.status !== 'ready') {
    const progress = model.status === 'loading' ? model.progress : null;
    return (
      <span className="chip model" data-model={model.status}>
        <i className={model.status === 'failed' ? 'dot bad' : 'dot'} />
        {model.status === 'failed'
          ? t('modelFailed')
          : progress && progress.totalBytes > 0
            ? t('modelLoadingBytes', {
                done: Math.round(progress.loadedBytes / 1e6),
                all: Math.round(progress.totalBytes / 1e6),
              })
            : t('modelLoading')}
      </span>
    );
  }
  const { facts } = model;
  return (
    <Pop
      summary={
        <summary className="chip model" data-model="ready">
          <i className="dot good" />
          {t('modelChip', {
            name: facts.name,
            weights: t(facts.precision === 'packed' ? 'weightsPacked' : 'weightsDequantised', {
              types: facts.fileType.split(' ')[0],
            }),
            device: facts.device.toUpperCase(),
            count: facts.threads,
          })}
        </summary>
      }
      className="pop-body facts"
    >
      {() => <FactsTable facts={facts} />}
    </Pop>
  );
}

function FactsTable({ facts }: { readonly facts: ModelFacts }) {
  const slice = useSlice();
  const deviation = slice.status === 'ready' ? largestRowDeviation(slice.slice) : Number.NaN;
  const rows: readonly (readonly [string, string])[] = [
    [t('file'), facts.fileName],
    [t('size'), `${formatBytes(facts.fileBytes)}, ${facts.fileType}`],
    [
      t('shape'),
      t('shapeValue', {
        layers: facts.layerCount,
        heads: facts.headCount,
        groups: facts.keyValueHeadCount,
        parameters: Math.round(facts.parameterCount / 1e6),
      }),
    ],
    [t('precision'), t(facts.precision === 'packed' ? 'precisionPacked' : 'precisionDequantised')],
    [t('threads'), describeThreads(facts)],
    [t('hash'), facts.sha256 ?? t('computing')],
    [
      t('sums'),
      Number.isNaN(deviation) ? '–' : t('sumsValue', { deviation: deviation.toExponential(0) }),
    ],
    [t('leaves'), t('nothing')],
  ];
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How many threads compute, and why not more. */
function describeThreads({ threads }: ModelFacts): string {
  if (!window.crossOriginIsolated) return t('threadsNotIsolated');
  return t('threadsValue', { threads, cores: navigator.hardwareConcurrency });
}

/** The largest distance of a row's sum from 1. */
function largestRowDeviation({ size, packed }: CausalSlice): number {
  let largest = 0;
  for (let query = 0; query < size; query++) {
    let sum = 0;
    for (let i = rowStart(query); i < rowStart(query + 1); i++) sum += packed[i];
    largest = Math.max(largest, Math.abs(sum - 1));
  }
  return largest;
}
