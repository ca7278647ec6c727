declare const flavor: unique symbol;

/**
 * A number or string that carries its meaning in the type. A plain value may be given where a
 * flavored one is wanted, but two different flavors never mix.
 */
export type Flavor<Base, Name extends string> = Base & { readonly [flavor]?: Name };

/** Index of a layer, 0-based. */
export type LayerIndex = Flavor<number, 'LayerIndex'>;
/** Index of a query head within its layer, 0-based. */
export type HeadIndex = Flavor<number, 'HeadIndex'>;
/** Index of a token within its text, 0-based. */
export type TokenIndex = Flavor<number, 'TokenIndex'>;
/** Index of a unit (token, word, sentence or line) within its text, 0-based. */
export type UnitIndex = Flavor<number, 'UnitIndex'>;
/** Names one run of a model on a text. */
export type RunId = Flavor<string, 'RunId'>;
/** A length on the page before the device's pixel ratio is applied. */
export type CssPixels = Flavor<number, 'CssPixels'>;
/** A length in the canvas's own pixels. */
export type DevicePixels = Flavor<number, 'DevicePixels'>;
/** Information in units of ln 2 bits (natural logarithm). */
export type Nats = Flavor<number, 'Nats'>;
/** A number from 0 to 1. */
export type Probability = Flavor<number, 'Probability'>;
