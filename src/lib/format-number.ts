/** A share as a percentage with as many digits as help: "38 %", "0.4 %", "<0.1 %". */
export function formatPercent(share: number): string {
  if (Number.isNaN(share)) return '–';
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.1) return '<0.1 %';
  if (percent >= 99.5 && percent < 100)
    return percent < 99.95 ? `${percent.toFixed(1)} %` : '>99.9 %';
  return `${percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** A number with a fixed number of digits; "–" where it is undefined. */
export function formatNumber(value: number, digits = 2): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  return value.toFixed(digits);
}

/** Bytes as a person reads them: "98.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${Math.round(bytes / 1e3)} kB`;
}
