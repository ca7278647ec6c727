import { keep, readKept } from '../lib/kept.ts';
import { isPrecisionWish } from '../model/weight-form.ts';
import type { ModelOrigin } from '../protocol/model-origin.ts';
import { createWorkerEngine } from '../protocol/worker-engine.ts';
import type { Theme } from '../state/app-state.ts';
import type { LinkParameters } from '../state/link-part.ts';
import { parseSavedTexts } from '../state/saved-texts.ts';
import { createHeadlightStore, type HeadlightStore } from '../state/store.ts';
import { fromFragment } from '../state/url-state.ts';
import { toTranscript } from '../text/conversation.ts';
import { SAMPLES } from '../text/samples.ts';
import { EMBEDDED } from './embedded-model.ts';

const isTheme = (value: unknown): value is Theme =>
  value === 'system' || value === 'light' || value === 'dark';
const isAnything = (value: unknown): value is unknown => value !== undefined;

/** The sample that opens the page, and a recorded run of it that is shown until the model is there. */
const OPENING_SAMPLE = 'repeats';
const OPENING_RECORDING = 'recorded/repeats.headlight';

/** Loads the recorded run beside everything else; without it the page opens with the model. */
async function showRecording(store: HeadlightStore): Promise<void> {
  try {
    const [{ fromRecording }, response] = await Promise.all([
      import('../protocol/recorded-run.ts'),
      fetch(new URL(OPENING_RECORDING, document.baseURI)),
    ]);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const { run, reader } = fromRecording(new Uint8Array(await response.arrayBuffer()), 'recorded');
    store.actions.showRecorded(run, reader);
  } catch (error) {
    console.warn('headlight: the recorded run could not be shown', error);
  }
}

/** The page's store: engine in a worker, state from the link, kept things from this browser. */
export function createPageStore(): {
  readonly store: HeadlightStore;
  readonly linkProblems: readonly string[];
  /** What the link says of single workspaces. */
  readonly linkParameters: LinkParameters;
  /** The model that the link was made with; null without a link. */
  readonly linkedModel: ModelOrigin | null;
  /** Shows the recorded run of the embedded model, where the page opens with its text. */
  readonly showOpening: () => void;
} {
  const { state, problems } = fromFragment(window.location.hash);
  const sample = SAMPLES.find((each) => each.id === state.sampleId);
  const linkProblems =
    state.sampleId !== null && !sample ? [...problems, `sample=${state.sampleId}`] : problems;
  const opening = sample ?? SAMPLES.find((each) => each.id === OPENING_SAMPLE) ?? SAMPLES[0];
  const parameters = new URLSearchParams(window.location.search);
  const precision = parameters.get('precision');
  const store = createHeadlightStore(
    {
      createEngine(onDeath) {
        const worker = new Worker(new URL('../engine/engine.worker.ts', import.meta.url), {
          type: 'module',
          name: JSON.stringify({
            device: parameters.get('device'),
            threads: parameters.get('threads'),
          }),
        });
        const engine = createWorkerEngine(worker, onDeath);
        Object.assign(window, { __killEngine: () => engine.kill('it was ended for a test') });
        return engine;
      },
      model: EMBEDDED,
      loadTexts: () => parseSavedTexts(readKept('headlight.texts', isAnything, [])),
      saveTexts: (texts) => keep('headlight.texts', texts),
      saveTheme: (theme) => keep('headlight.theme', theme),
    },
    {
      text: state.conversation ? toTranscript(state.conversation) : (state.text ?? opening.text),
      sampleId: state.text === null && state.conversation === null ? opening.id : null,
      conversation: state.conversation,
      workspace: state.workspace ?? 'read',
      selection: { layer: 18, head: 6, ...state.selection },
      display: state.display,
      theme: readKept('headlight.theme', isTheme, 'system'),
      addsBegin: state.addsBegin,
      ...(isPrecisionWish(precision) ? { precision } : {}),
    },
  );
  const showOpening = (): void => {
    if (store.store.getState().sampleId === OPENING_SAMPLE) void showRecording(store);
  };
  // A link that names no model was made with the embedded one.
  const isLink = /[#&]v=/.test(window.location.hash);
  const linkedModel = state.origin ?? (isLink ? EMBEDDED.origin : null);
  return { store, linkProblems, linkParameters: state.parts, linkedModel, showOpening };
}
