import type { RawConfig } from '../raw-config.ts';
import type { RotationScaling } from '../rotation.ts';
import {
  type ConfigReader,
  createReader,
  isObject,
  type Json,
  unknownFeature,
} from './config-reader.ts';

/** What a config says of rotary positions. */
export interface HfRotation
  extends Pick<RawConfig, 'rotaryBase' | 'rotaryBaseSliding' | 'rotaryScaling'> {
  /** Part of each head's dimensions that is rotated. */
  readonly partialFactor: number;
}

const KNOWN = ['default', 'linear', 'dynamic', 'llama3', 'yarn', 'longrope', 'su'];
const isFactor = (item: unknown): item is number =>
  typeof item === 'number' && Number.isFinite(item) && item > 0;

function readScaling(
  type: string,
  parameters: Json,
  reader: ConfigReader,
  contextLength: number,
  fileName: string,
): RotationScaling {
  const own = createReader(parameters, fileName);
  // A length beside the parameters goes before one among them, as in the reference.
  const originalLength =
    reader.whole('original_max_position_embeddings') ??
    own.whole('original_max_position_embeddings') ??
    contextLength;
  const factor = (): number => own.positive('factor') ?? own.fail(`factor of ${type} is missing`);
  const stretch = own.positive('factor') ?? contextLength / originalLength;
  switch (type) {
    case 'linear':
      return { kind: 'linear', factor: factor() };
    case 'dynamic':
      return { kind: 'dynamic', factor: factor(), originalLength: contextLength };
    case 'llama3':
      return {
        kind: 'llama3',
        factor: factor(),
        originalLength,
        lowFrequencyFactor: own.positive('low_freq_factor') ?? 1,
        highFrequencyFactor: own.positive('high_freq_factor') ?? 4,
      };
    case 'yarn': {
      const magnitudeOf = (scale: number): number =>
        stretch > 1 ? 0.1 * scale * Math.log(stretch) + 1 : 1;
      const scale = own.real('mscale');
      const scaleAll = own.real('mscale_all_dim');
      const usual = scale && scaleAll ? magnitudeOf(scale) / magnitudeOf(scaleAll) : magnitudeOf(1);
      return {
        kind: 'yarn',
        factor: stretch,
        originalLength,
        betaFast: own.real('beta_fast') || 32,
        betaSlow: own.real('beta_slow') || 1,
        magnitude: own.positive('attention_factor') ?? usual,
        isTruncated: own.flag('truncate') ?? true,
      };
    }
    case 'longrope':
    case 'su': {
      const usual = stretch > 1 ? Math.sqrt(1 + Math.log(stretch) / Math.log(originalLength)) : 1;
      const short = own.list('short_factor', isFactor);
      const long = own.list('long_factor', isFactor);
      if (short === null || long === null)
        return own.fail('short_factor or long_factor is missing');
      const magnitude = own.positive('attention_factor') ?? usual;
      return { kind: 'long', short, long, originalLength, magnitude };
    }
    default:
      return { kind: 'none' };
  }
}

/** The kind of stretching that parameters name. Throws `architecture-unknown` for one that is not known. */
function typeOf(parameters: Json, fileName: string): string {
  const own = createReader(parameters, fileName);
  const type = own.text('rope_type', 'type') ?? 'default';
  if (KNOWN.includes(type)) return type;
  throw unknownFeature(fileName, `a rotation stretched by "${type}"`, KNOWN.join(', '));
}

/**
 * Rotation parameters of layers without and with a window, in the old spelling (`rope_theta`,
 * `rope_scaling`) and the new (`rope_parameters`, perhaps one for each kind of layer). Throws
 * `file-malformed` or `architecture-unknown` naming what cannot be used.
 */
export function readRotation(
  config: Json,
  reader: ConfigReader,
  contextLength: number,
  fileName: string,
  isLong: boolean,
): HfRotation {
  const given = isObject(config.rope_parameters) ? config.rope_parameters : {};
  const full = isObject(given.full_attention) ? given.full_attention : given;
  const sliding = isObject(given.sliding_attention) ? given.sliding_attention : {};
  const old = isObject(config.rope_scaling) ? config.rope_scaling : {};
  const parameters = { ...full, ...old };
  const named = typeOf(parameters, fileName);
  if (typeOf(sliding, fileName) !== 'default') {
    throw unknownFeature(fileName, 'a stretched rotation in layers with a window', 'default');
  }
  const own = createReader(parameters, fileName);
  const slidingReader = createReader(sliding, fileName);
  // Early files of this kind call its two lists of factors "yarn".
  const type = isLong && named === 'yarn' ? 'longrope' : named;
  return {
    rotaryBase:
      own.positive('rope_theta') ?? reader.positive('rotary_emb_base', 'rope_theta') ?? 10_000,
    rotaryBaseSliding:
      slidingReader.positive('rope_theta') ?? reader.positive('rope_local_base_freq'),
    rotaryScaling: readScaling(type, parameters, reader, contextLength, fileName),
    partialFactor:
      own.real('partial_rotary_factor') ?? reader.real('partial_rotary_factor', 'rotary_pct') ?? 1,
  };
}
