import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { AnalysisDesk, type AnalysisTask } from './analysis-desk.ts';

/** A task that ends when told to; counts how often it began. */
function createTask(name: string, of: readonly object[] = []) {
  const log = { begun: 0, aborted: 0 };
  let resolve: (value: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const task: AnalysisTask<string> = {
    of,
    name,
    run: (onProgress, signal) =>
      new Promise((done, reject) => {
        log.begun++;
        resolve = done;
        fail = reject;
        onProgress(0.5);
        signal.addEventListener('abort', () => {
          log.aborted++;
          reject(new HeadlightError('cancelled', 'Cancelled.'));
        });
      }),
  };
  return { task, log, end: (value: string) => resolve(value), fail: (error: Error) => fail(error) };
}
const rest = () => new Promise((resolve) => setTimeout(resolve));

describe('AnalysisDesk', () => {
  it('does one task at a time and each once for all who want it', async () => {
    const desk = new AnalysisDesk();
    const [a, b] = [createTask('a'), createTask('b')];
    desk.want({}, [a.task, b.task]);
    desk.want({}, [{ ...a.task }]);
    expect([a.log.begun, b.log.begun]).toEqual([1, 0]);
    expect(desk.get(a.task)).toEqual({ status: 'working', share: 0.5 });
    a.end('A');
    await rest();
    expect([a.log.begun, b.log.begun]).toEqual([1, 1]);
    expect(desk.get(a.task)).toEqual({ status: 'ready', result: 'A' });
    expect(desk.get(a.task)).toBe(desk.get({ ...a.task }));
    b.end('B');
    await rest();
    expect(desk.isBusy).toBe(false);
  });
  it('tells tasks apart by what they are of', async () => {
    const desk = new AnalysisDesk();
    const [a, b] = [createTask('same', [{}]), createTask('same', [{}])];
    desk.want({}, [a.task]);
    a.end('A');
    await rest();
    expect(desk.get(b.task)).toEqual({ status: 'working', share: 0 });
  });
  it('gives up what nobody wants, and goes on with the next', async () => {
    const desk = new AnalysisDesk();
    const [a, b] = [createTask('a'), createTask('b')];
    const owner = {};
    desk.want(owner, [a.task]);
    desk.want(owner, [b.task]);
    await rest();
    expect(a.log.aborted).toBe(1);
    expect(b.log.begun).toBe(1);
    expect(desk.get(a.task)).toEqual({ status: 'working', share: 0 });
  });
  it('stops and restarts', async () => {
    const desk = new AnalysisDesk();
    const [a, b] = [createTask('a'), createTask('b')];
    desk.want({}, [a.task, b.task]);
    desk.stop();
    await rest();
    expect([desk.get(a.task).status, desk.get(b.task).status]).toEqual(['stopped', 'stopped']);
    expect(b.log.begun).toBe(0);
    desk.restart();
    expect(a.log.begun).toBe(2);
  });
  it('keeps a failure apart from the rest', async () => {
    const desk = new AnalysisDesk();
    const [a, b] = [createTask('a'), createTask('b')];
    desk.want({}, [a.task, b.task]);
    a.fail(new Error('broken'));
    await rest();
    expect(desk.get(a.task)).toMatchObject({ status: 'failed', error: { message: 'broken' } });
    expect(b.log.begun).toBe(1);
  });
});
