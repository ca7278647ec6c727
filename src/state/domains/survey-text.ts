import type { HeadlightError } from '../../lib/headlight-error.ts';
import { ProfileBuilder } from '../../measures/profile-builder.ts';
import { PROFILE_CORNER, type TextProfile } from '../../measures/text-profile.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import type { DomainPlan, Sample } from './plan-domains.ts';

/** Cuts a text; tokens of the text itself, and the begin token that stands before every sample. */
export async function readTokens(
  engine: Engine,
  text: string,
  { beginToken }: Pick<ModelFacts, 'beginToken'>,
  addsBegin: boolean,
): Promise<{ readonly begin: Int32Array; readonly ids: Int32Array }> {
  const { ids } = await engine.tokenize(text, addsBegin);
  const own = addsBegin && beginToken !== null ? 1 : 0;
  return { begin: ids.slice(0, own), ids: ids.slice(own) };
}

/** Runs the samples of a text one after another; nothing but the profile is held afterwards. */
export async function surveyText(
  engine: Engine,
  text: string,
  facts: ModelFacts,
  { addsBegin }: Pick<DomainPlan, 'addsBegin'>,
  samples: readonly Sample[],
  signal: AbortSignal,
): Promise<TextProfile> {
  const { begin, ids } = await readTokens(engine, text, facts, addsBegin);
  const { layerCount, headCount, hiddenSize } = facts;
  const builder = new ProfileBuilder({ layerCount, headCount, hiddenSize });
  for (const { start, end } of samples) {
    const sample = Int32Array.from([...begin, ...ids.subarray(start, end)]);
    builder.beginSample(sample);
    const { stream } = await engine.survey(
      {
        ids: sample,
        corner: Math.min(PROFILE_CORNER, sample.length),
        countsWeights: true,
        takesStream: true,
      },
      (layer) => builder.addLayer(layer),
      signal,
    );
    builder.endSample(stream);
  }
  return builder.build();
}

/** Whether an error says something of the engine rather than of the text. */
export const isOfEngine = ({ code }: HeadlightError): boolean =>
  code === 'worker-died' || code === 'not-ready' || code === 'cancelled';
