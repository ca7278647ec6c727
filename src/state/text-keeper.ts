import type { StoreApi } from 'zustand/vanilla';
import type { AppState, SavedText } from './app-state.ts';
import { rememberText } from './saved-texts.ts';

/** A text is kept when it has rested for this long. */
const SAVE_DELAY_MS = 2000;

/** Keeps the texts that a person works with in this browser's list. */
export class TextKeeper {
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly store: Pick<StoreApi<AppState>, 'getState' | 'setState'>,
    private readonly save: (texts: readonly SavedText[]) => void,
  ) {}

  /** Keeps the text of this moment after a while; samples and empty texts are not kept. */
  schedule(): void {
    const { text, sampleId, conversation, continuation } = this.store.getState();
    if (sampleId !== null || text.trim() === '') return;
    this.forget();
    this.timer = setTimeout(() => {
      const hasTurns = conversation !== null && continuation === null;
      this.replace(
        rememberText(this.store.getState().savedTexts, {
          id: `${Date.now()}`,
          text,
          savedAt: Date.now(),
          ...(hasTurns ? { conversation } : {}),
        }),
      );
    }, SAVE_DELAY_MS);
  }

  /** Takes texts out of the list; what waits to be kept would bring one back and is dropped. */
  remove(isGone: (saved: SavedText) => boolean): void {
    this.forget();
    this.replace(this.store.getState().savedTexts.filter((saved) => !isGone(saved)));
  }

  private forget(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private replace(savedTexts: readonly SavedText[]): void {
    this.store.setState({ savedTexts });
    this.save(savedTexts);
  }
}
