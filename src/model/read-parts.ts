import { placeWeights } from './weight-form.ts';
import { readWeights, toWeightPlan, type WeightPlan } from './weight-plan.ts';

/**
 * Some weights of a plan as float32, by name; those that the file does not have are not there. Only the
 * tensors that they are made of are read. The plan must hold floats (`dequantised`).
 */
export async function readParts<Name extends string, Wanted extends Name>(
  plan: WeightPlan<Name>,
  wanted: readonly Wanted[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<Wanted, Float32Array>> {
  const isWanted = (name: Name): name is Wanted => (wanted as readonly Name[]).includes(name);
  const uses = plan.uses
    .map((use) => ({ ...use, targets: use.targets.filter(({ name }) => isWanted(name)) }))
    .filter(({ targets }) => targets.length > 0);
  const part = toWeightPlan(uses);
  const { buffer } = await readWeights(part, signal);
  const parts = new Map<Wanted, Float32Array>();
  for (const [name, place] of placeWeights(part.weights).places) {
    if (!isWanted(name)) continue;
    if (place.kind !== 'float') throw new Error(`${name} is not planned as float32`);
    const count = place.shape.reduce((product, size) => product * size, 1);
    parts.set(name, new Float32Array(buffer, place.offset, count));
  }
  return parts;
}
