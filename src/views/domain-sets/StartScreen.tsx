import { t } from './messages.ts';

/** What the workspace is for, and the shortest way in. */
export function StartScreen({ onBuiltIn }: { readonly onBuiltIn: () => void }) {
  return (
    <div className="start-screen">
      <p className="question">{t('startTitle')}</p>
      <p>{t('startWhy')}</p>
      <p className="row">
        <button type="button" className="button primary big" onClick={onBuiltIn}>
          {t('useBuiltIn')}
        </button>
        <span className="faint">{t('builtInWhat')}</span>
      </p>
      <p className="or">{t('orOwn')}</p>
    </div>
  );
}
