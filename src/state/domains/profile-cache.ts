import type { TextProfile } from '../../measures/text-profile.ts';

/** Profiles of the present plan and of the shown one, outside the reactive state. */
export class ProfileCache {
  private readonly plans = new Map<string, Map<string, TextProfile>>();

  get(planKey: string, textId: string): TextProfile | undefined {
    return this.plans.get(planKey)?.get(textId);
  }

  set(planKey: string, textId: string, profile: TextProfile): void {
    const plan = this.plans.get(planKey) ?? new Map<string, TextProfile>();
    this.plans.set(planKey, plan);
    plan.set(textId, profile);
  }

  /** Lets everything go but these plans' profiles of these texts. */
  keepOnly(planKeys: readonly string[], textIds: ReadonlySet<string>): void {
    for (const [key, plan] of this.plans) {
      if (!planKeys.includes(key)) this.plans.delete(key);
      for (const id of plan.keys()) if (!textIds.has(id)) plan.delete(id);
    }
  }

  clear(): void {
    this.plans.clear();
  }
}
