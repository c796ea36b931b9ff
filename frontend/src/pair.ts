/** Two actors, in whichever order. */

/** One key for both orders of a pair. */
export function pairKey(a: string, b: string): string {
  return JSON.stringify(a < b ? [a, b] : [b, a]);
}
