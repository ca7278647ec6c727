/**
 * A value that changes often and is passed on only when it has rested for a while: what the pointer
 * previews while it sweeps over a chart need not redraw the whole page at each step.
 */
export class SettledValue<T> {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private next: { readonly value: T } | null = null;

  constructor(
    private readonly restMs: number,
    private readonly apply: (value: T) => void,
  ) {}

  /** Passes the value on once nothing newer has come for the rest time. */
  set(value: T): void {
    this.forget();
    this.next = { value };
    this.timer = setTimeout(() => {
      this.forget();
      this.apply(value);
    }, this.restMs);
  }

  /** Drops what waits. */
  forget(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.next = null;
  }

  /** What waits to be passed on, or null. */
  get waiting(): { readonly value: T } | null {
    return this.next;
  }
}
