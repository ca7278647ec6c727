import { getUnits } from '../../text/get-units.ts';
import { SAMPLES } from '../../text/samples.ts';
import { draftAcronyms } from '../../measures/atlas/probes/acronyms.ts';
import { draftChoices } from '../../measures/atlas/probes/choices.ts';
import { draftFacts } from '../../measures/atlas/probes/facts.ts';
import { draftNames } from '../../measures/atlas/probes/names.ts';
import { draftNeedles } from '../../measures/atlas/probes/needles.ts';
import { drawIds, repeatIds } from '../../measures/atlas/probes/random.ts';
import { draftSentences } from '../../measures/atlas/probes/sentences.ts';
import { draftSentiments } from '../../measures/atlas/probes/sentiments.ts';
import { draftYesNo } from '../../measures/atlas/probes/yes-no.ts';
import {
  chooseProbes,
  type DraftProbe,
  type Probe,
  type ProbeKind,
  placeProbe,
  takeTokens,
  toRepeatedProbe,
} from '../../measures/atlas/probe.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
