/** A name of at most so many characters, the rest as "…". */
export function clipName(name: string, limit: number): string {
  return name.length <= limit ? name : `${name.slice(0, limit - 1).trimEnd()}…`;
}
