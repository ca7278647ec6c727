/** How many steps can be undone. */
const STEPS = 100;

/** States that were left, to go back to and forward again. */
export class History<Step> {
  private past: readonly Step[] = [];
  private future: readonly Step[] = [];

  /** Forgets all steps: they led to what is no longer there. */
  clear(): void {
    this.past = [];
    this.future = [];
  }

  /** Takes a step away from `current`; what was undone before cannot be redone any more. */
  remember(current: Step): void {
    this.past = [...this.past, current].slice(-STEPS);
    this.future = [];
  }

  /** The state before `current`, or null when there is none. */
  undo(current: Step): Step | null {
    const step = this.past.at(-1) ?? null;
    if (step === null) return null;
    this.past = this.past.slice(0, -1);
    this.future = [...this.future, current];
    return step;
  }

  /** The state that was undone last, or null when there is none. */
  redo(current: Step): Step | null {
    const step = this.future.at(-1) ?? null;
    if (step === null) return null;
    this.future = this.future.slice(0, -1);
    this.past = [...this.past, current];
    return step;
  }
}
