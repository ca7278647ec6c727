import { useId, useState } from 'react';
import { useActions, useApp } from '../../state/hooks.tsx';
import { readTextFile } from '../../state/read-text-file.ts';
import { toConversation, toTranscript } from '../../text/conversation.ts';
import { SAMPLES } from '../../text/samples.ts';
import { ConversationField } from './ConversationField.tsx';
import { t } from './messages.ts';
import { FirstSamples, OpenFile, SamplePick, SavedTexts } from './TextSources.tsx';
import { takeAnswer } from './turn-edits.ts';

/** Where the text comes from: typed, pasted, opened, a sample, a kept one; plain or as turns. */
export function TextField() {
  const { text, sampleId, conversation, savedTexts, continuation } = useApp((state) => ({
    text: state.text,
    sampleId: state.sampleId,
    conversation: state.conversation,
    savedTexts: state.savedTexts,
    continuation: state.continuation,
  }));
  const actions = useActions();
  const [problem, setProblem] = useState('');
  const [isTall, setIsTall] = useState(false);
  const field = useId();
  const open = async (chosen: File): Promise<void> => {
    const read = await readTextFile(chosen);
    setProblem(read.ok ? '' : read.message);
    if (read.ok) actions.setText(read.text);
  };
  const openSample = (id: string): void => {
    setProblem('');
    actions.openSample(id);
  };
  const answer =
    conversation?.addGenerationPrompt && continuation !== null
      ? text.slice(continuation.before.length)
      : '';
  return (
    <div className="text-field">
      <div className="text-sources">
        {conversation === null ? (
          <label htmlFor={field} className="field-name">
            {t('field')}
          </label>
        ) : (
          <span className="field-name">{t('field')}</span>
        )}
        <span className="faint">{t('fieldHint')}</span>
        <span className="grow" />
        <SamplePick sampleId={sampleId} onOpen={openSample} />
        <SavedTexts
          texts={savedTexts}
          onOpen={actions.openSavedText}
          onDelete={actions.deleteSavedText}
          onDeleteAll={actions.deleteSavedTexts}
        />
        <OpenFile onChosen={(file) => void open(file)} />
        <TurnsChip />
        <button
          type="button"
          className="chip"
          aria-pressed={isTall}
          title={t('tallerTitle')}
          onClick={() => setIsTall(!isTall)}
        >
          {t('taller')}
        </button>
      </div>
      {conversation === null ? (
        <textarea
          id={field}
          placeholder={t('placeholder')}
          value={text}
          rows={isTall ? 14 : 2}
          dir="auto"
          spellCheck={false}
          onChange={(event) => {
            setProblem('');
            actions.setText(event.target.value);
          }}
        />
      ) : (
        <ConversationField
          conversation={conversation}
          isTall={isTall}
          onChange={actions.setConversation}
          onTakeAnswer={
            answer.trim() === ''
              ? null
              : () => actions.setConversation(takeAnswer(conversation, answer))
          }
        />
      )}
      {text === '' && conversation === null && <FirstSamples onOpen={openSample} />}
      {problem !== '' && (
        <p className="note bad" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Switches between an ordinary text and turns; says why where the model has no template. */
function TurnsChip() {
  const actions = useActions();
  const { conversation, text } = useApp((state) => ({
    conversation: state.conversation,
    text: state.text,
  }));
  const template = useApp(({ model }) =>
    model.status === 'ready' ? (model.facts.chatTemplate === null ? 'none' : 'there') : 'unknown',
  );
  const isOn = conversation !== null;
  const why =
    template === 'none' ? t('noTemplateWhy') : template === 'unknown' ? t('templateLater') : '';
  const back = (): void => {
    if (conversation === null) return;
    const transcript = toTranscript(conversation);
    const sample = SAMPLES.find((each) => each.text === transcript);
    actions.setText(transcript, sample?.id ?? null);
  };
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={isOn}
      disabled={!isOn && template !== 'there'}
      title={isOn ? t('turnsBack') : why || t('turnsTitle')}
      onClick={() => (isOn ? back() : actions.setConversation(toConversation(text)))}
    >
      {!isOn && template === 'none' ? t('noTemplate') : t('turns')}
    </button>
  );
}
