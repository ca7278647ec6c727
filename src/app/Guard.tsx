import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { t } from './messages.ts';

/** Keeps a failing view from taking the page with it. */
export function Guard({ children }: { readonly children: ReactNode }) {
  return (
    <ErrorBoundary
      fallbackRender={({ error, resetErrorBoundary }) => (
        <section className="view state failed" role="alert">
          <p>{t('crashed', { why: error instanceof Error ? error.message : String(error) })}</p>
          <button type="button" className="button" onClick={resetErrorBoundary}>
            {t('again')}
          </button>
        </section>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
