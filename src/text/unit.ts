/** The pieces that attention can be read in. */
export type AttentionUnit = 'token' | 'word' | 'sentence' | 'line';
