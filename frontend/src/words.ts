/** The sentences and words said to readers. */

import type { Answer, Statement, Tie } from "./view";

export function amount(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

export function signed(value: number): string {
  return value > 0 ? `+${amount(value)}` : value < 0 ? `−${amount(-value)}` : "0";
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Names come from texts and may be of any length; drawings and buttons show this much. */
export function clipped(text: string, longest = 60): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The sign of a tie as the style sheet names it. */
export function sign(weight: number): "with" | "against" | "balanced" {
  return weight > 0 ? "with" : weight < 0 ? "against" : "balanced";
}

export function direction(weight: number): string {
  return weight > 0 ? "with" : weight < 0 ? "against" : "in balance";
}

export function question(k: number | string): string {
  if (String(k) === "any") return "As many as fit";
  return String(k) === "2" ? "Two coalitions" : `At most ${k} coalitions`;
}

export function proof(answer: Answer): string {
  return answer.proved ? "proved optimal" : `between ${amount(answer.lower_bound)} and ${amount(answer.value)}`;
}

export function proofSentence(answer: Answer): string {
  const value = amount(answer.value);
  return answer.proved
    ? `Ties of weight ${value} go against this split; it is proved that no split does better.`
    : `Ties of weight ${value} go against this split; the best possible lies between ` +
        `${amount(answer.lower_bound)} and ${value} (not proved, gap ${Math.round(100 * answer.gap)} %).`;
}

export function tieSentence(tie: Tie): string {
  const parts = `with ${amount(tie.positive)}, against ${amount(tie.negative)}`;
  const contested = tie.contested ? "; contested" : "";
  return `${clipped(tie.a)} and ${clipped(tie.b)}: ${direction(tie.weight)} ${signed(tie.weight)} (${parts}; ${plural(
    tie.count,
    "statement",
  )}${contested})`;
}

export function holds(stmt: Statement): string {
  const not = stmt.negated ? " (negated)" : "";
  return `${stmt.modality}${not}`;
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`.replace("-", "−");
}
