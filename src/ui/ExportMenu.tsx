import { Download } from 'lucide-react';
import { createMessages } from '../lib/messages.ts';
import { toPng } from './figure.ts';
import { IconSummary, Pop } from './Pop.tsx';
import { listExports, toExportFigure, type ViewExports } from './view-exports.ts';

const t = createMessages('export-menu', {
  export: 'Export',
  copyFigure: 'Copy figure',
  copied: 'Copied.',
  copyFailed: 'The browser refused the clipboard. Use a download instead.',
  exportFailed: 'The export failed: {{why}}',
});

const ICON = <Download aria-hidden="true" />;

/** Saves a view as a file, or copies its picture; `onNote` is told how it went. */
export function ExportMenu(props: {
  readonly id: string;
  readonly title: string;
  readonly exports: ViewExports;
  readonly onNote: (note: string) => void;
}) {
  const { id, title, exports, onNote } = props;
  const attempt = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onNote(t('exportFailed', { why: error instanceof Error ? error.message : String(error) }));
    }
  };
  const copy = async (): Promise<void> => {
    const png = toPng(toExportFigure(title, exports), 2);
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
      onNote(t('copied'));
    } catch {
      onNote(t('copyFailed'));
    }
  };
  return (
    <Pop summary={<IconSummary icon={ICON} label={t('export')} />} className="pop-body menu">
      {() => (
        <>
          {listExports(id, title, exports).map(({ label, run }) => (
            <button key={label} type="button" onClick={() => void attempt(run)}>
              {label}
            </button>
          ))}
          <button type="button" onClick={() => void attempt(copy)}>
            {t('copyFigure')}
          </button>
        </>
      )}
    </Pop>
  );
}
