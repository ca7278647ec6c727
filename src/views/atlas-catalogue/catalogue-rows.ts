import { getTest } from '../../measures/atlas/battery.ts';
import { CATALOGUE, type HeadType } from '../../measures/atlas/catalogue.ts';
import { listScoring, type ScoredHead } from '../../measures/atlas/head-roles.ts';
import type { AtlasResult } from '../../state/atlas/atlas-result.ts';
import { sayAtlas, sayType } from '../../state/atlas/catalogue-messages.ts';
import { nameTest } from '../../state/atlas/names.ts';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';

type TypeKey = Parameters<typeof sayType>[0];

export const nameType = ({ id }: HeadType): string => sayType(id as TypeKey);
export const defineType = ({ id }: HeadType): string => sayType(`${id}-is` as TypeKey);

/** Where a type was found, in words. */
export function sayFoundIn({ foundIn }: HeadType): string {
  if (foundIn.length === 0) return sayAtlas('foundNowhere');
  const models = foundIn.map((each) => (each === 'toy' ? sayAtlas('toy') : each)).join(', ');
  return sayAtlas('foundIn', { models });
}

/** Where in the depth it is usually found, in words. */
export function sayTendency({ tendency }: HeadType): string {
  return tendency === null
    ? sayAtlas('tendency-unknown')
    : sayAtlas('tendency', { where: sayAtlas(`tendency-${tendency}`) });
}

/** The types in which every word of a search occurs: in name, definition, group, or a test's name. */
export function searchTypes(search: string): readonly HeadType[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return CATALOGUE.filter((type) => {
    const all = [
      nameType(type),
      defineType(type),
      sayType(`group-${type.group}`),
      sayType(`stage-${type.stage}`),
      ...type.foundIn,
      ...type.tests.map(nameTest),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Whether reaching a test of the type makes a head one of it; otherwise its scores only stand beside others. */
export function namesHeads(type: HeadType): boolean {
  return type.tests.some((test) => getTest(test).namesRole);
}

/** The heads that have a role by any of a type's tests, by test; none for tests that name no head. */
export function listByTest(
  type: HeadType,
  result: AtlasResult,
): readonly { readonly test: string; readonly heads: readonly ScoredHead[] }[] {
  return type.tests.map((test) => ({
    test,
    heads: getTest(test).namesRole ? listScoring(result.tests, test, result.headCount) : [],
  }));
}

/** The different heads that score in any of a type's tests, "layer.head". */
export function listScoringPlaces(type: HeadType, result: AtlasResult): readonly string[] {
  const heads = listByTest(type, result).flatMap((each) => each.heads);
  return [...new Set(heads.map(({ layer, head }) => `${layer}.${head}`))];
}

/** The catalogue as a table, a row a type. */
export function toCatalogueTable(types: readonly HeadType[], result: AtlasResult | null): Table {
  return {
    columns: [
      t('columnStage'),
      t('columnGroup'),
      t('columnType'),
      t('columnDefinition'),
      t('columnModels'),
      t('columnTendency'),
      t('columnTests'),
      t('columnHeads'),
      t('columnReason'),
    ],
    rows: types.map((type) => [
      sayType(`stage-${type.stage}`),
      sayType(`group-${type.group}`),
      nameType(type),
      defineType(type),
      sayFoundIn(type),
      sayTendency(type),
      type.tests.map(nameTest).join('; '),
      result === null || !namesHeads(type) ? null : listScoringPlaces(type, result).join(' '),
      type.noTest === null ? null : sayAtlas(type.noTest),
    ]),
  };
}
