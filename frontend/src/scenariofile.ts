/** A scenario as the file and the command line that the program reads. */

import { hasMembers, hasPair, hasWeight, named, probability, tenths, type Draft, type Step } from "./scenario";
import type { Asking, StepKind } from "./view";

/** The draft as TOML; it has to be free of problems. */
export function toml(draft: Draft): string {
  const labels = labelsOf(draft);
  const lines = ["[[scenario]]", `name = ${text(title(draft))}`];
  if (draft.note.trim()) lines.push(`note = ${text(draft.note)}`);
  for (const step of draft.steps) lines.push("", "[[scenario.step]]", ...stepLines(step, labels));
  return `${lines.join("\n")}\n`;
}

/** The name that was typed, or one made of the first step. */
export function title(draft: Draft): string {
  return draft.name.trim() || proposed(draft);
}

/** A name for a scenario that has none. */
export function proposed(draft: Draft): string {
  const step = draft.steps[0];
  if (step === undefined) return "What if?";
  const [first = "", second = ""] = named(step);
  const names: Readonly<Record<StepKind, string>> = {
    incident: `${first} against ${second}`,
    agreement: `${first} and ${second} agree`,
    admission: `${first} is admitted`,
    exclusion: `${first} is excluded`,
    disbelief: `Nobody believes ${step.source}`,
    omission: `Without ${first}`,
    closure: `No way from ${first} to ${second}`,
  };
  return names[step.kind].replace(/\s+/g, " ").trim();
}

/** What to call the file. */
export function fileName(draft: Draft): string {
  const plain = title(draft).normalize("NFKD").replace(/\p{Mark}+/gu, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${plain.slice(0, 50).toLowerCase() || "scenario"}.toml`;
}

/** The commands that answer the scenario for a source (null for all) and a number of coalitions. */
export function commands(draft: Draft, asking: Asking, source: string | null, k: string): string[] {
  const file = fileName(draft);
  const place = asking.case.startsWith("-") ? `./${asking.case}` : asking.case;
  const chosen = [...(source === null ? [] : ["--source", source]), ...asking.options];
  const closes = draft.steps.some((step) => step.kind === "closure");
  const shifts = draft.steps.some((step) => step.kind !== "closure");
  return [
    ...(shifts || !closes ? [["allegiance", "whatif", place, file, ...(k === "any" ? [] : ["--k", k]), ...chosen]] : []),
    ...(closes ? [["allegiance", "flows", place, "--scenario", file, ...chosen]] : []),
  ].map((words) => words.map(quoted).join(" "));
}

/** Each step's label: its own, or one made of its kind where a condition needs it. */
function labelsOf(draft: Draft): ReadonlyMap<number, string> {
  const needed = new Set(draft.steps.flatMap((step) => [step.requires, step.unless]));
  const used = new Set(draft.steps.map((step) => step.label));
  const labels = new Map<number, string>();
  for (const step of draft.steps) {
    let label = step.label;
    for (let i = 1; label === "" && needed.has(step.key); i += 1) {
      const made = i === 1 ? step.kind : `${step.kind} ${i}`;
      if (!used.has(made)) label = made;
    }
    used.add(label);
    labels.set(step.key, label);
  }
  return labels;
}

function stepLines(step: Step, labels: ReadonlyMap<number, string>): string[] {
  const lines = [`kind = ${text(step.kind)}`];
  const say = (key: string, words: string): void => {
    if (words.trim()) lines.push(`${key} = ${text(words)}`);
  };
  const actors = named(step);
  if (hasPair(step.kind)) lines.push(`${step.kind === "closure" ? "route" : "between"} = ${list(actors)}`);
  else if (step.kind === "disbelief") say("source", step.source);
  else say("actor", actors[0] ?? "");
  if (hasMembers(step.kind)) lines.push(`${step.kind === "admission" ? "to" : "from"} = ${list(actors.slice(1))}`);
  if (hasWeight(step.kind)) lines.push(`weight = ${(tenths(step) ?? 0) / 10}`);
  if (step.kind === "closure") say("goods", step.goods);
  say("label", labels.get(step.key) ?? "");
  for (const [key, other] of [["if", step.requires], ["unless", step.unless]] as const) {
    if (other !== null) say(key, labels.get(other) ?? "");
  }
  say("because", step.because);
  const share = probability(step);
  if (share !== null && share < 1) lines.push(`probability = ${share}`);
  if (step.statements.length > 0) lines.push(`statements = ${list(step.statements)}`);
  return lines;
}

/** A TOML string: JSON's escapes are among TOML's, which also forbids a bare delete and halves of surrogate pairs. */
function text(words: string): string {
  return JSON.stringify(words.trim().replace(/\p{Surrogate}/gu, "?")).replaceAll("\x7f", "\\u007f");
}

function list(names: readonly string[]): string {
  return `[${names.map(text).join(", ")}]`;
}

/** A word of a POSIX command line. */
function quoted(word: string): string {
  return /^[\p{L}\p{N}_./:=-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
