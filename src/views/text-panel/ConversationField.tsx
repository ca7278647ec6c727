import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { type Conversation, ROLES, type Role } from '../../text/conversation.ts';
import { t } from './messages.ts';
import { addTurn, changeTurn, moveTurn, removeTurn } from './turn-edits.ts';

/** The text as a list of turns with roles. */
export function ConversationField(props: {
  readonly conversation: Conversation;
  readonly isTall: boolean;
  /** Present when the model has written what can be taken as the assistant's turn. */
  readonly onTakeAnswer: (() => void) | null;
  readonly onChange: (conversation: Conversation) => void;
}) {
  const { conversation, onChange } = props;
  const { messages } = conversation;
  const list = useRef<HTMLOListElement>(null);
  const isAdding = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn that was added gets the focus
  useEffect(() => {
    if (!isAdding.current) return;
    isAdding.current = false;
    list.current?.querySelector<HTMLElement>('li:last-child textarea')?.focus();
  }, [messages.length]);
  return (
    <div className="turns-field" data-tall={props.isTall || undefined}>
      <ol ref={list} className="turns" aria-label={t('turnList')}>
        {messages.map(({ role, content }, i) => {
          const turn = i + 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a turn is its place
            <li key={i} data-role={role}>
              <select
                aria-label={t('roleOfTurn', { turn })}
                value={role}
                onChange={(event) =>
                  onChange(changeTurn(conversation, i, { role: event.target.value as Role }))
                }
              >
                {ROLES.map((each) => (
                  <option key={each} value={each}>
                    {t(each)}
                  </option>
                ))}
              </select>
              <textarea
                aria-label={t('turn', { turn })}
                value={content}
                rows={1}
                dir="auto"
                spellCheck={false}
                onChange={(event) =>
                  onChange(changeTurn(conversation, i, { content: event.target.value }))
                }
              />
              <span className="turn-moves">
                <TurnButton
                  label={t('turnUp', { turn })}
                  isDisabled={i === 0}
                  onClick={() => onChange(moveTurn(conversation, i, -1))}
                >
                  <ArrowUp aria-hidden="true" />
                </TurnButton>
                <TurnButton
                  label={t('turnDown', { turn })}
                  isDisabled={turn === messages.length}
                  onClick={() => onChange(moveTurn(conversation, i, 1))}
                >
                  <ArrowDown aria-hidden="true" />
                </TurnButton>
                <TurnButton
                  label={t('removeTurn', { turn })}
                  isDisabled={false}
                  onClick={() => onChange(removeTurn(conversation, i))}
                >
                  <X aria-hidden="true" />
                </TurnButton>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="turn-options">
        <button
          type="button"
          className="chip"
          onClick={() => {
            isAdding.current = true;
            onChange(addTurn(conversation));
          }}
        >
          {t('addTurn')}
        </button>
        <label>
          <input
            type="checkbox"
            checked={conversation.addGenerationPrompt}
            onChange={(event) =>
              onChange({ ...conversation, addGenerationPrompt: event.target.checked })
            }
          />
          {t('prompt')}
        </label>
        {props.onTakeAnswer && (
          <button type="button" className="chip" onClick={props.onTakeAnswer}>
            {t('takeAnswer')}
          </button>
        )}
      </p>
    </div>
  );
}

function TurnButton(props: {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="chip icon"
      aria-label={props.label}
      title={props.label}
      disabled={props.isDisabled}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}
