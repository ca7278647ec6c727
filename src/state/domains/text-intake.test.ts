import { describe, expect, it } from 'vitest';
import { createDomainsScene } from '../../testing/domains-scene.ts';
import type { NamedFile } from '../../text/sets/file-kinds.ts';

const file = (path: string, content: string | Uint8Array<ArrayBuffer>): NamedFile => ({
  name: path.split('/').at(-1) ?? path,
  path,
  content: new Blob([content]),
});

const setsOf = ({ state }: ReturnType<typeof createDomainsScene>): readonly string[] =>
  state().sets.map(({ name, texts }) => `${name}: ${texts.map(({ text }) => text).join(' | ')}`);

describe('texts that come in', () => {
  it('are pasted into a set by its name', async () => {
    const scene = createDomainsScene();
    await scene.actions.addPasted('one\n---\ntwo', ' chat ');
    await scene.actions.addPasted('three\n\nfour', 'chat');
    await scene.actions.addPasted('  \n ', 'nothing');
    expect(setsOf(scene)).toEqual(['chat: one | two | three\n\nfour']);
  });

  it('are files of folders, a set a folder; what is no text is told', async () => {
    const scene = createDomainsScene();
    await scene.actions.addFiles([
      file('all/chat/1.txt', 'hello'),
      file('all/chat/2.txt', 'there'),
      file('all/code/1.py', 'x = 1'),
      file('all/code/picture.png', Uint8Array.of(1, 2, 0)),
      file('all/code/empty.txt', ' '),
    ]);
    expect(setsOf(scene)).toEqual(['chat: hello | there', 'code: x = 1']);
    expect(scene.state().intake.reading).toBeNull();
    const [note] = scene.state().intake.notes;
    expect(note.kind === 'files' && note.report.refused).toEqual([
      { path: 'all/code/picture.png', why: 'binary' },
      { path: 'all/code/empty.txt', why: 'empty' },
    ]);
  });

  it('are rows of a table, and by other columns when the person wants so', async () => {
    const scene = createDomainsScene();
    const table = 'label,text,body\nchat,hi,x\ncode,y = 2,z\nchat,ho,w\n';
    await scene.actions.addFiles([file('t.csv', table)]);
    expect(setsOf(scene)).toEqual(['chat: hi | ho', 'code: y = 2']);
    scene.actions.askColumns('t.csv');
    expect(scene.state().intake.asking).toMatchObject({
      columns: ['label', 'text', 'body'],
      text: 'text',
      label: 'label',
      problem: null,
    });
    await scene.actions.chooseColumns('body', null);
    expect(setsOf(scene)).toEqual(['t: x | z | w']);
    expect(scene.state().intake).toMatchObject({ asking: null, reading: null });
    expect(scene.state().intake.notes).toHaveLength(1);
  });

  it('ask which column is meant where none says so, one table after another', async () => {
    const scene = createDomainsScene();
    await scene.actions.addFiles([
      file('a.csv', 'who,said\nAnn,hello there\nBob,hi\n'),
      file('b.jsonl', '{"wer":"x","was":"ein Satz"}'),
      file('c.csv', 'text\nlast\n'),
    ]);
    expect(scene.state().intake.asking).toMatchObject({
      name: 'a.csv',
      problem: 'no-text-column',
      columns: ['who', 'said'],
      text: 'said',
      label: null,
    });
    await scene.actions.chooseColumns('said', 'who');
    expect(scene.state().intake.asking).toMatchObject({ name: 'b.jsonl' });
    scene.actions.dropTable();
    await scene.domains.whenIdle();
    expect(setsOf(scene)).toEqual(['Ann: hello there', 'Bob: hi', 'c: last']);
  });

  it('come one drop after another, none of them given up', async () => {
    const scene = createDomainsScene();
    const drops = [
      scene.actions.addFiles([file('a/1.txt', 'one')], { unreadable: ['x'], isCut: false }),
      scene.actions.addFiles([file('b.csv', 'who,said\nAnn,hello\n'), file('c.csv', 'text\nc\n')]),
      scene.actions.addFiles([file('d/1.txt', 'four'), file('e.csv', 'text\ne\n')]),
    ];
    expect(scene.domains.isBusy()).toBe(true);
    await Promise.all(drops);
    expect(setsOf(scene)).toEqual(['a: one', 'd: four']);
    expect(scene.state().intake.asking).toMatchObject({ name: 'b.csv' });
    expect(scene.state().intake.notes[0]).toMatchObject({ kind: 'lost' });
    await scene.actions.addFiles([file('f.csv', 'text\nf\n')]);
    const last = scene.actions.addFiles([file('g/1.txt', 'seven')]);
    await scene.actions.chooseColumns('said', 'who');
    await last;
    expect(scene.state().intake).toMatchObject({ asking: null, reading: null });
    expect(setsOf(scene).toSorted()).toEqual([
      'Ann: hello',
      'a: one',
      'c: c',
      'd: four',
      'e: e',
      'f: f',
      'g: seven',
    ]);
  });

  it('ask about a table again that was put aside for another one’s columns', async () => {
    const scene = createDomainsScene();
    await scene.actions.addFiles([file('a.csv', 'text,b\nx,y\n'), file('c.csv', 'p,q\n1,2\n')]);
    expect(scene.state().intake.asking).toMatchObject({ name: 'c.csv' });
    scene.actions.askColumns('a.csv');
    await scene.actions.chooseColumns('b', null);
    expect(setsOf(scene)).toEqual(['a: y']);
    expect(scene.state().intake.asking).toMatchObject({ name: 'c.csv' });
  });

  it('keep tables of the same file name apart', async () => {
    const scene = createDomainsScene();
    const [en, de] = ['text,body\nhi,x\n', 'text,body\nhallo,y\n'];
    await scene.actions.addFiles([file('all/en/data.csv', en), file('all/de/data.csv', de)]);
    expect(setsOf(scene)).toEqual(['all/en/data: hi', 'all/de/data: hallo']);
    scene.actions.askColumns('all/de/data.csv');
    await scene.actions.chooseColumns('body', null);
    expect(setsOf(scene)).toEqual(['all/en/data: hi', 'all/de/data: y']);
    expect(scene.state().intake.notes).toHaveLength(2);
  });

  it('keep tables apart that were dropped under the same path', async () => {
    const scene = createDomainsScene();
    await scene.actions.addFiles([file('data.csv', 'text,body\nhi,x\n')]);
    await scene.actions.addFiles([file('data.csv', 'text,body\nhallo,y\n')]);
    expect(setsOf(scene)).toEqual(['data: hi | hallo']);
    scene.actions.askColumns('data (2).csv');
    await scene.actions.chooseColumns('body', null);
    expect(setsOf(scene)).toEqual(['data: hi | y']);
  });

  it('are told when a file gives nothing', async () => {
    const scene = createDomainsScene();
    await scene.actions.addFiles([file('a.json', '{"a": 1}'), file('b.csv', '')]);
    expect(scene.state().intake.notes).toEqual([
      { kind: 'refused', name: 'a.json', why: 'not-a-list' },
      { kind: 'refused', name: 'b.csv', why: 'no-rows' },
    ]);
    await scene.actions.addFiles([]);
    expect(scene.state().intake.notes).toEqual([{ kind: 'refused', name: '', why: 'no-files' }]);
    scene.actions.dismissNotes();
    expect(scene.state().intake.notes).toEqual([]);
  });

  it('can be ten thousand files, of which 500 are taken', async () => {
    const scene = createDomainsScene();
    await scene.actions.addFiles(
      Array.from({ length: 10_000 }, (_, i) => file(`many/${i}.txt`, `text ${i}`)),
    );
    expect(scene.state().sets.map(({ texts }) => texts.length)).toEqual([500]);
    const [note] = scene.state().intake.notes;
    expect(note.kind === 'files' && note.report.leftOut).toEqual([
      { label: 'many', kept: 500, count: 10_000 },
    ]);
  });

  it('are not read on once the person says so', async () => {
    const scene = createDomainsScene();
    const reading = scene.actions.addFiles([file('a/1.txt', 'one'), file('b/2.txt', 'two')]);
    expect(scene.state().intake.reading).not.toBeNull();
    scene.actions.cancelReading();
    await reading;
    expect(scene.state()).toMatchObject({ sets: [], intake: { reading: null } });
  });
});

it('says why the built-in texts could not be had, once', async () => {
  const scene = createDomainsScene(undefined, () => Promise.reject(new Error('no network')));
  const adding = scene.actions.addBuiltIn();
  expect(scene.domains.isBusy()).toBe(true);
  await adding;
  await scene.actions.addBuiltIn();
  expect(scene.state()).toMatchObject({
    sets: [],
    intake: { reading: null, notes: [{ kind: 'built-in-missing', why: 'no network' }] },
  });
});
