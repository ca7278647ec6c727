import { readFileSync, writeFileSync } from 'node:fs';
import { InProcessEngine } from '../engine/in-process-engine.ts';
import { ProfileBuilder } from '../measures/profile-builder.ts';
import { type TextProfile, toTextValues } from '../measures/text-profile.ts';
import { toSafetensors } from '../tensor/safetensors.ts';
import { RECORDED_DOMAINS } from '../testing/recorded-domains.ts';
import { parseDomainFile } from '../text/sets/domain-file.ts';
import { openPathRequest, toPathRequest } from './model-sources.ts';
import { startNodeRuntime } from './node-runtime.ts';

/*
 * Records one value a text and head of the built-in domains, so that the statistics' promise can be tested
 * on what a real model gives. Run again when these texts or the measures change.
 */

const MODEL = 'SmolLM2-135M-Instruct.Q4_1.gguf';
const DOMAINS = ['conversation', 'code'];
const MEASURES = ['distance-tail', 'entropy-renormalised'];
const TOKENS = 128;

async function main(): Promise<void> {
  const engine = new InProcessEngine({
    startRuntime: async () => startNodeRuntime(),
    openSources: openPathRequest,
    pause: async () => undefined,
  });
  const facts = await engine.loadModel(toPathRequest(`public/models/${MODEL}`), () => undefined);
  const arrays = [];
  for (const domain of DOMAINS) {
    const [set] = parseDomainFile(readFileSync(`public/domains/${domain}.jsonl`, 'utf8')).sets;
    const profiles: TextProfile[] = [];
    for (const { text } of set.texts) {
      const { ids } = await engine.tokenize(text);
      if (ids.length < TOKENS) continue;
      const builder = new ProfileBuilder(facts);
      builder.beginSample(ids.slice(0, TOKENS));
      const { stream } = await engine.survey(
        { ids: ids.slice(0, TOKENS), countsWeights: true, takesStream: true, corner: 10 },
        (layer) => builder.addLayer(layer),
      );
      builder.endSample(stream);
      profiles.push(builder.build());
    }
    for (const measure of MEASURES) {
      arrays.push({
        name: `${domain}/${measure}`,
        shape: [profiles.length, facts.layerCount * facts.headCount],
        data: Float32Array.from(toTextValues(profiles, measure)),
      });
    }
  }
  writeFileSync(RECORDED_DOMAINS, toSafetensors(arrays, { model: MODEL, tokens: String(TOKENS) }));
  engine.dispose();
}

if (process.argv[1]?.endsWith('record-domains.ts')) await main();
