/** A quote with the words for actor and target marked, as pieces of text; no element is made here. */

import type { Statement } from "./view";

export type Role = "actor" | "target" | "none";

export interface Piece {
  readonly text: string;
  readonly role: Role;
}

/** Cut the quote at the first place of each surface form; the two never overlap. */
export function pieces(stmt: Statement): Piece[] {
  const quote = stmt.evidence.quote ?? "";
  const actor = find(quote, stmt.actor_text, null);
  const target = find(quote, stmt.target_text, actor);
  const spans = [
    { role: "actor" as const, span: actor },
    { role: "target" as const, span: target },
  ]
    .flatMap(({ role, span }) => (span ? [{ role, start: span[0], end: span[1] }] : []))
    .sort((one, other) => one.start - other.start);
  const cut: Piece[] = [];
  let done = 0;
  for (const { role, start, end } of spans) {
    if (start > done) cut.push({ text: quote.slice(done, start), role: "none" });
    cut.push({ text: quote.slice(start, end), role });
    done = end;
  }
  if (done < quote.length) cut.push({ text: quote.slice(done), role: "none" });
  return cut;
}

type Span = readonly [number, number];

function find(quote: string, words: string, taken: Span | null): Span | null {
  if (words === "") return null;
  // Whole words first: "Iran" must not be marked inside "Iranian" when it also stands alone.
  for (const whole of [true, false]) {
    for (let start = quote.indexOf(words); start >= 0; start = quote.indexOf(words, start + 1)) {
      const end = start + words.length;
      const free = taken === null || end <= taken[0] || start >= taken[1];
      if (free && (!whole || isWhole(quote, start, end))) return [start, end];
    }
  }
  return null;
}

function isWhole(quote: string, start: number, end: number): boolean {
  const letter = /[\p{L}\p{N}]/u;
  return !letter.test(quote.charAt(start - 1)) && !letter.test(quote.charAt(end));
}

/** Context as long as this was cut somewhere, likely inside a word. */
const CUT = 150;

/** The words before the quote, begun at a whole word. */
export function before(stmt: Statement): string {
  const space = stmt.before.search(/\s/);
  return stmt.before.length < CUT || space < 0 ? stmt.before : `…${stmt.before.slice(space)}`;
}

/** The words after the quote, ended at a whole word. */
export function after(stmt: Statement): string {
  const end = stmt.after.trimEnd().search(/\s\S*$/);
  return stmt.after.length < CUT || end < 0 ? stmt.after : `${stmt.after.slice(0, end)} …`;
}
