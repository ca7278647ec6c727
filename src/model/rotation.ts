/** How frequencies are stretched beyond the length that a model was trained with. */
export type RotationScaling =
  | { readonly kind: 'none' }
  /** All frequencies divided by `factor` (Chen et al. 2023). */
  | { readonly kind: 'linear'; readonly factor: number }
  /** The base grows once the text is longer than `originalLength` (dynamic NTK). */
  | { readonly kind: 'dynamic'; readonly factor: number; readonly originalLength: number }
  /** Each frequency divided by its own factor, as GGUF files store them. */
  | { readonly kind: 'factors'; readonly factors: readonly number[] }
  | {
      readonly kind: 'llama3';
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly originalLength: number;
    }
  /** Peng et al. 2023; `magnitude` scales both tables. */
  | {
      readonly kind: 'yarn';
      readonly factor: number;
      readonly originalLength: number;
      readonly betaFast: number;
      readonly betaSlow: number;
      readonly magnitude: number;
      readonly isTruncated: boolean;
    }
  /** Two lists of factors, for texts up to `originalLength` and beyond. */
  | {
      readonly kind: 'long';
      readonly short: readonly number[];
      readonly long: readonly number[];
      readonly originalLength: number;
      readonly magnitude: number;
    };

/** Rotary positions of a layer: the first `size` of each head's dimensions are turned in pairs. */
export interface Rotation {
  readonly size: number;
  readonly base: number;
  readonly scaling: RotationScaling;
}

/** Turns for each pair, [size / 2], and the factor of both tables. */
export interface Frequencies {
  readonly values: Float32Array;
  readonly magnitude: number;
}

function plainFrequencies(size: number, base: number): Float32Array {
  return Float32Array.from(
    { length: size / 2 },
    (_, i) => 1 / Math.fround(base ** ((2 * i) / size)),
  );
}

/**
 * Frequencies of a rotation (Su et al. 2021) for a text of `length` tokens, rounded to float32 as
 * reference implementations do. Formulas of the scalings as in Hugging Face transformers.
 */
export function computeFrequencies({ size, base, scaling }: Rotation, length: number): Frequencies {
  const plain = plainFrequencies(size, base);
  const divided = (factorOf: (pair: number) => number, magnitude = 1): Frequencies => ({
    values: plain.map((frequency, pair) => frequency / factorOf(pair)),
    magnitude,
  });
  switch (scaling.kind) {
    case 'none':
      return { values: plain, magnitude: 1 };
    case 'linear':
      return divided(() => scaling.factor);
    case 'factors':
      return divided((pair) => scaling.factors[pair] ?? 1);
    case 'dynamic': {
      const { factor, originalLength } = scaling;
      if (length <= originalLength) return { values: plain, magnitude: 1 };
      const grown =
        base * ((factor * length) / originalLength - (factor - 1)) ** (size / (size - 2));
      return { values: plainFrequencies(size, grown), magnitude: 1 };
    }
    case 'llama3': {
      const { factor, lowFrequencyFactor: low, highFrequencyFactor: high } = scaling;
      return {
        values: plain.map((frequency) => {
          const wavelength = (2 * Math.PI) / frequency;
          if (wavelength < scaling.originalLength / high) return frequency;
          if (wavelength > scaling.originalLength / low) return frequency / factor;
          const smooth = (scaling.originalLength / wavelength - low) / (high - low);
          return ((1 - smooth) * frequency) / factor + smooth * frequency;
        }),
        magnitude: 1,
      };
    }
    case 'yarn': {
      const pairOf = (turns: number): number =>
        (size * Math.log(scaling.originalLength / (turns * 2 * Math.PI))) / (2 * Math.log(base));
      const round = (value: number, by: (value: number) => number): number =>
        scaling.isTruncated ? by(value) : value;
      const first = Math.max(0, round(pairOf(scaling.betaFast), Math.floor));
      const last = Math.min(size - 1, round(pairOf(scaling.betaSlow), Math.ceil));
      const width = last === first ? 0.001 : last - first;
      return {
        values: plain.map((frequency, pair) => {
          const ramp = Math.min(1, Math.max(0, (pair - first) / width));
          return (frequency / scaling.factor) * ramp + frequency * (1 - ramp);
        }),
        magnitude: scaling.magnitude,
      };
    }
    case 'long': {
      const factors = length > scaling.originalLength ? scaling.long : scaling.short;
      return divided((pair) => factors[pair] ?? 1, scaling.magnitude);
    }
  }
}

/** Whether a text's frequencies may change as it grows: then nothing can be taken over from a shorter one. */
export function dependsOnLength(rotation: Rotation | null, before: number, after: number): boolean {
  if (rotation === null || before === after) return false;
  const { scaling } = rotation;
  if (scaling.kind === 'dynamic') return Math.max(before, after) > scaling.originalLength;
  if (scaling.kind !== 'long') return false;
  return before > scaling.originalLength !== after > scaling.originalLength;
}
