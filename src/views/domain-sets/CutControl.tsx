import type { DomainRules } from '../../state/domains/domain-rules.ts';
import type { DomainPlan } from '../../state/domains/plan-domains.ts';
import { CUT_LENGTHS } from '../../text/sets/suggest-length.ts';
import { Choice } from '../../ui/Choice.tsx';
import { t } from './messages.ts';

/** How texts are brought to equal length, and what that leaves out. */
export function CutControl(props: {
  readonly rules: DomainRules;
  readonly plan: DomainPlan;
  /** Texts that are shorter than a sample, by set. */
  readonly leftOut: readonly { readonly name: string; readonly count: number }[];
  readonly onChange: (part: Partial<DomainRules>) => void;
}) {
  const { rules, plan, leftOut } = props;
  const { suggested, length, longest, cut } = plan;
  const proposal = 'length' in suggested ? suggested.length : longest;
  const lengths = CUT_LENGTHS.filter((each) => each <= longest);
  const given = rules.length;
  const offered =
    given === null || lengths.includes(given) ? lengths : [...lengths, given].sort((a, b) => a - b);
  const lost = leftOut.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="cut-control">
      <label className="pick">
        <span>{t('length')}</span>
        <select
          aria-label={t('length')}
          value={given ?? ''}
          onChange={({ target: { value } }) =>
            props.onChange({ length: value === '' ? null : Number(value) })
          }
        >
          <option value="">{t('lengthSuggested', { length: proposal })}</option>
          {offered.map((each) => (
            <option key={each} value={each}>
              {t('tokens', { count: each })}
            </option>
          ))}
        </select>
      </label>
      <span className="pick">
        <span aria-hidden="true">{t('samples')}</span>
        <Choice
          label={t('samples')}
          value={rules.samples}
          options={[
            ['cut', t('samples_cut')],
            ['windows', t('samples_windows')],
          ]}
          onChange={(samples) => props.onChange({ samples })}
        />
      </span>
      <p className="faint" data-readout="cut">
        {rules.samples === 'cut'
          ? t('saysCut', { length })
          : t('saysWindows', { length, most: cut.windowsPerText })}{' '}
        {plan.addsBegin && `${t('saysBegin')} `}
        {t('saysWhy')}{' '}
        {lost > 0 && (
          <strong>
            {t('leftOut', {
              count: lost,
              sets: leftOut.map(({ name, count }) => t('leftOutOf', { name, count })).join(', '),
            })}
          </strong>
        )}{' '}
        {given === null && !suggested.ok && suggested.why === 'texts-too-short' && (
          <strong>{t('tooShortAll', { length: suggested.length })}</strong>
        )}
      </p>
    </div>
  );
}
