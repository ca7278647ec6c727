import { takeTokens } from '../../measures/atlas/probe.ts';
import {
  HEAD_SMOOTHING,
  type PreparedSlice,
  prepareSlice,
} from '../../measures/slices/divergence.ts';
import type { Engine } from '../../protocol/engine.ts';
import { rowStart } from '../../tensor/causal-slice.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { AtlasResult } from './atlas-result.ts';

/** Tokens of the text on which heads are compared: every head's matrix is held for it. */
const COMPARED_TOKENS = 64;

/** All heads' matrices of one text, ready to be compared; [layer, head]. */
export interface ProbeHeads {
  readonly tokens: TokenizedText;
  readonly heads: readonly PreparedSlice[];
}

const read = new WeakMap<AtlasResult, Promise<ProbeHeads | null>>();

/**
 * The matrices of all heads for the beginning of the battery's first ordinary text, smoothed as Clark et
 * al. do; read once for each result. Null when the battery had no such text.
 */
export function readProbeHeads(
  engine: Pick<Engine, 'survey'>,
  result: AtlasResult,
): Promise<ProbeHeads | null> {
  const known = read.get(result);
  if (known !== undefined) return known;
  const reading = readHeads(engine, result);
  read.set(result, reading);
  reading.catch(() => read.delete(result));
  return reading;
}

async function readHeads(
  engine: Pick<Engine, 'survey'>,
  { probes, headCount }: AtlasResult,
): Promise<ProbeHeads | null> {
  const probe = probes.find(({ kind }) => kind === 'text');
  if (probe === undefined) return null;
  const tokens = takeTokens(probe.tokens, COMPARED_TOKENS);
  const size = tokens.ids.length;
  const heads: PreparedSlice[] = [];
  await engine.survey({ ids: tokens.ids, corner: size }, ({ corner }) => {
    for (let head = 0; head < headCount; head++) {
      const packed = corner.subarray(head * rowStart(size), (head + 1) * rowStart(size));
      heads.push(prepareSlice({ size, packed }, HEAD_SMOOTHING));
    }
  });
  return { tokens, heads };
}
