import { formatBytes } from '../../lib/format-number.ts';
import type { DownloadProgress } from '../../protocol/library.ts';
import type { ModelOrigin } from '../../protocol/model-origin.ts';
import { t } from './messages.ts';

/** Time left as a person says it: seconds below two minutes, minutes below two hours, then hours. */
export function sayTimeLeft(seconds: number): string {
  if (seconds < 120) return t('secondsLeft', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 7200) return t('minutesLeft', { count: Math.round(seconds / 60) });
  return t('hoursLeft', { count: Math.round(seconds / 3600) });
}

/** How far a download is, in one line. */
export function sayProgress(name: string, progress: DownloadProgress | null): string {
  if (progress === null) return t('beginning', { name });
  const done = formatBytes(progress.doneBytes);
  if (progress.stage === 'waiting') {
    return t('waiting', { why: progress.why, seconds: Math.ceil(progress.seconds), done });
  }
  if (progress.stage === 'checking') return t('checking', { name });
  const { totalBytes, bytesPerSecond, secondsLeft, hasRestarted } = progress;
  return [
    totalBytes === null
      ? t('downloadingUnknown', { name, done })
      : t('downloading', { name, done, all: formatBytes(totalBytes) }),
    ...(bytesPerSecond === null ? [] : [t('speed', { speed: formatBytes(bytesPerSecond) })]),
    ...(secondsLeft === null ? [] : [sayTimeLeft(secondsLeft)]),
    ...(hasRestarted ? [t('restarted')] : []),
  ].join(' · ');
}

/** Where a model came from, in a few words. */
export function sayOrigin(origin: ModelOrigin): string {
  switch (origin.kind) {
    case 'embedded':
      return t('embedded');
    case 'files':
      return t('fromDisk');
    case 'url':
      return t('fromUrl', { host: new URL(origin.url).host });
    case 'hub':
      return t('fromHub', { repo: origin.repo, host: new URL(origin.hubUrl).host });
  }
}
