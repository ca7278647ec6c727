import { expect, it } from 'vitest';
import { DEFAULT_DOMAIN_OPTIONS, type DomainOptions } from './domain-options.ts';
import { readDomainOptions, writeDomainOptions } from './domains-link.ts';

it('says nothing of what is as usual', () => {
  expect(writeDomainOptions(DEFAULT_DOMAIN_OPTIONS)).toEqual({});
  expect(readDomainOptions({ 'atlas.sort': 'x' })).toEqual({ options: {}, problems: [] });
});

it('reads what it wrote', () => {
  const options: DomainOptions = {
    measure: 'entropy',
    view: 'heads',
    shows: 'difference',
    referenceId: 'gespräch-2',
    comparedId: 'code',
    firstKey: 'with',
    projection: { method: 'umap', layer: 0, pooling: 'last', seed: 7 },
    weights: { form: 'shares', layer: 3 },
    differences: { order: 'g', onlySignificant: true },
  };
  const written = writeDomainOptions(options);
  expect(written).toMatchObject({
    'domains.measure': 'entropy',
    'domains.projection.layer': '0',
  });
  expect(readDomainOptions(written)).toEqual({ options, problems: [] });
});

it('leaves out what makes no sense, and names it', () => {
  expect(
    readDomainOptions({
      'domains.view': 'globe',
      'domains.measure': '<script>',
      'domains.projection.seed': '-1',
      'domains.projection.layer': '3',
    }),
  ).toEqual({
    options: { projection: { ...DEFAULT_DOMAIN_OPTIONS.projection, layer: 3 } },
    problems: ['domains.view=globe', 'domains.measure=<script>', 'domains.projection.seed=-1'],
  });
});
