import type { SetProblem } from '../../text/sets/set-problems.ts';
import { t } from './messages.ts';

/** A problem in words; `repeatsOf`: the set whose repeats can be removed with one click. */
export interface ProblemSaying {
  readonly text: string;
  readonly repeatsOf: string | null;
}

export function sayProblem(problem: SetProblem): ProblemSaying | null {
  const plain = (text: string): ProblemSaying => ({ text, repeatsOf: null });
  switch (problem.kind) {
    case 'too-few-sets':
      return plain(t('problem_too-few-sets'));
    case 'empty':
      return plain(t('problem_empty', { name: problem.name }));
    case 'one-text':
      return plain(t('problem_one-text', { name: problem.name }));
    case 'few-texts':
      return plain(t('problem_few-texts', { name: problem.name, count: problem.count }));
    case 'same-name':
      return plain(t('problem_same-name', { name: problem.name, count: problem.setIds.length }));
    case 'repeated-within': {
      const { name, surplus, setId } = problem;
      return {
        text: t('problem_repeated-within', { name, count: surplus }),
        repeatsOf: setId,
      };
    }
    case 'repeated-across': {
      const names = problem.names.join(t('and'));
      return plain(t('problem_repeated-across', { names, count: problem.texts.length }));
    }
    case 'near-empty':
      return plain(t('problem_near-empty', { name: problem.name, count: problem.texts.length }));
    // What is added beyond the limits has no place in the first place, and is said then.
    case 'too-many-sets':
    case 'too-many-texts':
      return null;
  }
}
