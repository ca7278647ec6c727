/** One call or assignment on a canvas context, in order: its name and its values. */
export type DrawCall = readonly [name: string, ...values: unknown[]];

/**
 * A canvas context that paints nothing and remembers what it was told. A character is `characterWidth`
 * pixels wide. Properties keep their values; assignments are logged under their names.
 */
export function createDrawLog(characterWidth = 6): {
  readonly context: CanvasRenderingContext2D;
  readonly calls: readonly DrawCall[];
  /** The calls of one name, without it. */
  readonly of: (name: string) => readonly (readonly unknown[])[];
} {
  const calls: DrawCall[] = [];
  const properties = new Map<string, unknown>();
  const context = new Proxy(
    {},
    {
      get(_, name: string) {
        if (properties.has(name)) return properties.get(name);
        if (name === 'measureText')
          return (text: string) => ({ width: Array.from(text).length * characterWidth });
        return (...values: unknown[]): void => {
          calls.push([name, ...values]);
        };
      },
      set(_, name: string, value: unknown) {
        properties.set(name, value);
        calls.push([name, value]);
        return true;
      },
    },
  );
  return {
    context: context as unknown as CanvasRenderingContext2D,
    calls,
    of: (name) => calls.filter(([called]) => called === name).map(([, ...values]) => values),
  };
}
