import { computePrincipalComponents } from '../../../lib/projections/principal-components.ts';
import { finish } from '../../../lib/sliced-work.ts';
import { computeSilhouettes } from '../../../lib/statistics/silhouette.ts';
import { distanceOf, largest, mean, minus, over, squared, sum } from '../arithmetic.ts';
import type { MeasureDoc } from '../measure-doc.ts';
import { prose } from './points-prose.ts';

const LINE = [0, 1, 4, 6];
const LABELS = [0, 0, 1, 1];
const CLOUD = [
  [2, 0],
  [0, 1],
  [-2, 0],
  [0, -1],
];

const standard = { certainty: 'standard' } as const;

/** What is said of texts as points. */
export const POINTS: readonly MeasureDoc[] = [
  {
    id: 'silhouette',
    group: 'statistics',
    formulas: ['s = \\frac{b − a}{\\max(a, b)}'],
    symbols: ['a', 'b'],
    facts: [
      {
        id: 'silhouette',
        unit: 'score',
        range: [-1, 1],
        source: 'Rousseeuw 1987 [MEM]',
        ...standard,
      },
    ],
    needs: ['streams'],
    related: ['projection'],
    prose: prose('silhouette'),
    work: () => {
      const each = LINE.map((point, i) => {
        const away = (label: number) =>
          mean(
            LINE.flatMap((other, k) =>
              k !== i && LABELS[k] === label ? [distanceOf(minus(point, other)).value] : [],
            ),
          ).value;
        const [a, b] = [away(LABELS[i]), away(1 - LABELS[i])];
        return over(minus(b, a), largest([a, b]));
      });
      const { mean: silhouette } = finish(computeSilhouettes(Float64Array.from(LINE), 1, LABELS));
      return {
        tables: [
          {
            rows: ['place'],
            columns: LINE.map((_, i) => `${LABELS[i] === 0 ? 'A' : 'B'}${(i % 2) + 1}`),
            values: [LINE],
            kind: 'plain',
          },
        ],
        steps: each.map((expression, i) => ({
          left: `s_{\\text{${LABELS[i] === 0 ? 'A' : 'B'}${(i % 2) + 1}}}`,
          expression,
          says: i === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\bar{s}',
            expression: mean(each.map(({ value }) => value)),
            value: silhouette,
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'projection',
    group: 'statistics',
    formulas: ['\\text{share}_k = \\frac{∑_x (x · u_k)^2}{∑_x ‖x‖^2}'],
    symbols: ['x', 'u_k', '\\text{share}_k'],
    facts: [
      {
        id: 'pca',
        unit: 'share',
        range: [0, 1],
        source: 'principal components, exact, by eigenvectors [MEM]',
        ...standard,
      },
      {
        id: 'tsne',
        unit: 'none',
        range: [null, null],
        source:
          'van der Maaten & Hinton 2008, computed by @keckelt/tsne from principal components [MEM]',
        ...standard,
      },
      {
        id: 'umap',
        unit: 'none',
        range: [null, null],
        source: 'McInnes et al. 2018, computed by umap-js from principal components [MEM]',
        ...standard,
      },
    ],
    needs: ['streams'],
    related: ['silhouette'],
    prose: prose('projection'),
    work: () => {
      const { shares } = finish(computePrincipalComponents(Float64Array.from(CLOUD.flat()), 2, 2));
      const along = (dimension: number) => sum(CLOUD.map((point) => squared(point[dimension])));
      const [first, second] = [along(0), along(1)];
      return {
        tables: [
          {
            rows: CLOUD.map((_, i) => `text ${i + 1}`),
            columns: ['1', '2'],
            values: CLOUD,
            kind: 'signed',
          },
        ],
        steps: [
          { left: '∑_x (x · u_1)^2', expression: first, says: 0 },
          { left: '∑_x (x · u_2)^2', expression: second, says: null },
        ],
        results: [
          {
            left: '\\text{share}_1',
            expression: over(first.value, sum([first.value, second.value])),
            value: shares[0],
            unit: 'share',
          },
        ],
      };
    },
  },
];
