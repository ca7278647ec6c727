import { FileText } from 'lucide-react';
import { Pop } from '../../ui/Pop.tsx';
import { t } from './messages.ts';

export type ReportKind = 'html' | 'csv' | 'json';

const KINDS: readonly ReportKind[] = ['html', 'csv', 'json'];
const ICON = <FileText aria-hidden="true" />;

/** The ways to take all results along. */
export function ReportMenu(props: { readonly onReport: (kind: ReportKind) => void }) {
  return (
    <Pop
      summary={
        <summary className="chip with-icon">
          {ICON}
          {t('report')}
        </summary>
      }
      className="pop-body menu"
    >
      {(close) =>
        KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            onClick={() => {
              close();
              props.onReport(kind);
            }}
          >
            {t(kind)}
          </button>
        ))
      }
    </Pop>
  );
}
