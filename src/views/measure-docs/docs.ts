import { DOC_GROUPS, type MeasureDoc } from './measure-doc.ts';
import { COMPARING } from './pages/comparing.ts';
import { COPYING } from './pages/copying.ts';
import { DISTANCE } from './pages/distance.ts';
import { FLOW } from './pages/flow.ts';
import { PLACES } from './pages/places.ts';
import { POINTS } from './pages/points.ts';
import { SPREAD } from './pages/spread.ts';
import { STATISTICS } from './pages/statistics.ts';
import { TEXTS } from './pages/texts.ts';
import { WEIGHTS } from './pages/weights.ts';

/** All pages in the order of the index. */
export const DOCS: readonly MeasureDoc[] = DOC_GROUPS.flatMap((group) =>
  [
    ...SPREAD,
    ...DISTANCE,
    ...PLACES,
    ...TEXTS,
    ...COPYING,
    ...COMPARING,
    ...FLOW,
    ...WEIGHTS,
    ...STATISTICS,
    ...POINTS,
  ].filter((doc) => doc.group === group),
);

/** The page of this id, or the one about the measure of this id ("entropy-omitted" -> "entropy"). */
export function findDoc(id: string): MeasureDoc | undefined {
  return (
    DOCS.find((doc) => doc.id === id) ??
    DOCS.find(({ facts }) => facts.some((fact) => fact.id === id))
  );
}

/** The pages that a search finds: each of its words stands in title, sentence, other names or ids. */
export function searchDocs(query: string): readonly MeasureDoc[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return DOCS.filter((doc) => {
    const { title, sentence, also } = doc.prose();
    const text = [
      title,
      sentence,
      also,
      doc.id,
      ...doc.facts.flatMap(({ id, source }) => [id, source]),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
