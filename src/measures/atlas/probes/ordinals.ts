/** Things that follow one another, for the successor score (methods 5.9); each list goes round or ends. */
export const ORDINAL_LISTS: readonly {
  readonly words: readonly string[];
  /** Whether the first follows the last. */
  readonly isRound: boolean;
}[] = [
  {
    words: 'one two three four five six seven eight nine ten eleven twelve'.split(' '),
    isRound: false,
  },
  {
    words: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
    isRound: true,
  },
  {
    words:
      'January February March April May June July August September October November December'.split(
        ' ',
      ),
    isRound: true,
  },
  {
    words: 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' '),
    isRound: false,
  },
  { words: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'], isRound: false },
];
