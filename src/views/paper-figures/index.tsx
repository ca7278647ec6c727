import { useMemo, useState } from 'react';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { useDomainView } from '../../state/domains/results-hooks.ts';
import { ExportMenu } from '../../ui/ExportMenu.tsx';
import { StillPainting } from '../../ui/StillPainting.tsx';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { t } from './messages.ts';
import { countSettled, type PaperFigure } from './paper-figure.ts';
import './paper-figures.css';

/** Pictures wider than this take the whole row. */
const WIDE = 600;

/** The paper's figures in its order, each with what is certain of it and what is ours. */
export default function PaperFigures(props: {
  readonly figures: readonly PaperFigure[];
  readonly isWanted: boolean;
  readonly onMake: () => void;
  readonly onCancel: () => void;
}) {
  const { figures, isWanted } = props;
  const { results } = useDomainView();
  const status = useDomainStatus(results, { sets: 2 });
  const model = results?.modelName ?? '';
  const done = countSettled(figures);
  const isWorking = isWanted && done < figures.length;
  return (
    <ViewFrame
      id="paper-figures"
      title={t('title')}
      subtitle={t('subtitle', { model })}
      about={{
        sentence: t('about'),
        formula: t('formula'),
        source: t('source'),
        isOurs: true,
      }}
      status={
        isWorking && status.kind === 'ready'
          ? {
              kind: 'working',
              message: t('waiting', { done, all: figures.length }),
              share: done / Math.max(1, figures.length),
              onCancel: props.onCancel,
              keepsContent: true,
            }
          : status
      }
    >
      <p className="faint paper-limits">{t('limits', { model })}</p>
      {!isWanted && (
        <button type="button" className="button primary" onClick={props.onMake}>
          {t('make')}
        </button>
      )}
      {isWorking && (
        <p className="note" role="status">
          {t('waiting', { done, all: figures.length })}
        </p>
      )}
      {isWanted && (
        <div className="paper-figures">
          {figures.map((figure) => (
            <FigureCard key={figure.id} figure={figure} />
          ))}
        </div>
      )}
    </ViewFrame>
  );
}

function FigureCard({ figure }: { readonly figure: PaperFigure }) {
  const { id, place, title, formula, certain, ours, state } = figure;
  const [note, setNote] = useState('');
  const exports = state.status === 'ready' ? state.exports : null;
  const painting = useMemo(() => exports?.painting() ?? null, [exports]);
  return (
    <figure
      aria-label={`${place}: ${title}`}
      className={painting !== null && painting.width > WIDE ? 'wide' : undefined}
    >
      <figcaption>
        <span className="badge">{place}</span>
        <h3>{title}</h3>
        <span className="grow" />
        {exports !== null && (
          <ExportMenu id={id} title={`${place}: ${title}`} exports={exports} onNote={setNote} />
        )}
      </figcaption>
      {note !== '' && (
        <p className="note" role="status">
          {note}
        </p>
      )}
      {painting !== null && (
        <div className="picture">
          <StillPainting painting={painting} label={`${title}. ${formula}`} />
        </div>
      )}
      {state.status === 'missing' && <p className="note">{t('missing', { why: state.why })}</p>}
      <p className="formula faint">{formula}</p>
      <dl className="certainty">
        <dt>{t('certain')}</dt>
        <dd>{certain}</dd>
        <dt>{t('ours')}</dt>
        <dd>{ours}</dd>
      </dl>
    </figure>
  );
}
