/** What is wrong with a scenario, one sentence each, as the program would refuse it. */

import { circle, hasMembers, hasPair, hasWeight, named, probability, taken, tenths, without, type Draft, type Step } from "./scenario";
import type { StepKind } from "./view";
import { clipped } from "./words";

export interface Problem {
  /** The step that it concerns; null for the whole. */
  readonly key: number | null;
  readonly words: string;
  /** Whether something is only missing yet. */
  readonly open: boolean;
}

/** Names that steps may use. */
export interface Known {
  readonly actors: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** What the network is called in sentences. */
  readonly label: string;
}

/** With more uncertain steps than this, only the world in which all come about is looked through for contradictions. */
const MOST_UNCERTAIN = 10;

/** All problems, in the order of the steps. */
export function problems(draft: Draft, known: Known): readonly Problem[] {
  if (draft.steps.length === 0) return [{ key: null, words: "Add a step to begin.", open: true }];
  const found = draft.steps.flatMap((step) => stepProblem(step, known) ?? []);
  if (found.length > 0) return found;
  const around = circle(draft);
  if (around !== null) {
    const places = [...around, around[0]!].map((step) => placeOf(draft, step)).join(" needs ");
    return [{ key: around[0]!.key, words: `Conditions run in a circle: ${places}. Drop one of them.`, open: false }];
  }
  const clash = contradiction(draft);
  return clash === null ? [] : [clash];
}

/** The draft without the steps that have problems, so that what the others do can be told. */
export function sound(draft: Draft, known: Known): Draft {
  let left = draft;
  for (let found = problems(left, known); left.steps.length > 0 && found.length > 0; found = problems(left, known)) {
    for (const { key } of found) if (key !== null) left = without(left, key);
  }
  return left;
}

/** "step 2" */
export function placeOf(draft: Draft, step: Step): string {
  return `step ${draft.steps.indexOf(step) + 1}`;
}

function stepProblem(step: Step, known: Known): Problem | null {
  const missing = (words: string): Problem => ({ key: step.key, words, open: true });
  const wrong = (words: string): Problem => ({ key: step.key, words, open: false });
  const actors = named(step);
  if (step.kind === "disbelief") {
    if (step.source.trim() === "") return missing("Name the source that nobody believes.");
    if (!known.sources.has(step.source)) return wrong(unknown("No statement on this page is from", step.source, known.sources));
  } else if (hasPair(step.kind)) {
    const ends = step.kind === "closure" ? "both ends of the route" : "the two actors";
    if (actors.length < 2) return missing(`Name ${ends}.`);
    if (actors[0] === actors[1]) return wrong(`${clipped(actors[0]!)} stands on both sides; name two.`);
  } else if (actors.length === 0 || step.actors[0] === "") {
    return missing(MISSING[step.kind]);
  } else if (hasMembers(step.kind)) {
    if (actors.length < 2) return missing(MISSING[step.kind]);
    if (actors.lastIndexOf(actors[0]!) > 0) return wrong(`${clipped(actors[0]!)} stands on both sides of the ${step.kind}.`);
  }
  const stranger = step.kind === "closure" ? undefined : actors.find((name) => !known.actors.has(name));
  if (stranger !== undefined) return wrong(unknown(`The network shown (${clipped(known.label, 40)}) has no actor`, stranger, known.actors));
  if (hasWeight(step.kind) && tenths(step) === null) return wrong("The weight is no number that a tie could have; write one of 0.1 or more.");
  if (probability(step) === null) return wrong("The chance must be a number above 0 and at most 100.");
  return null;
}

const MISSING: Readonly<Record<StepKind, string>> = {
  incident: "",
  agreement: "",
  closure: "",
  disbelief: "",
  admission: "Name who is admitted, and to whom.",
  exclusion: "Name who is excluded, and by whom.",
  omission: "Name the actor that is left out.",
};

/** Two steps that exclude each other in some world, or null. */
function contradiction(draft: Draft): Problem | null {
  const uncertain = draft.steps.filter((step) => (probability(step) ?? 1) < 1).map((step) => step.key);
  const worlds = uncertain.length > MOST_UNCERTAIN ? 1 : 2 ** uncertain.length;
  for (let world = 0; world < worlds; world += 1) {
    const missed = new Set(uncertain.filter((_, i) => (world >> i) & 1));
    const there = taken(draft, missed);
    const found = clash(draft, draft.steps.filter((step) => there.has(step.key)));
    if (found !== null) return found;
  }
  return null;
}

function clash(draft: Draft, steps: readonly Step[]): Problem | null {
  const leader = new Map<string, string>();
  const find = (name: string): string => {
    let at = name;
    for (let up = leader.get(at); up !== undefined && up !== at; up = leader.get(at)) at = up;
    return at;
  };
  for (const step of steps.filter((one) => one.kind === "admission")) {
    const [first = "", ...members] = named(step);
    for (const member of members) if (find(member) !== find(first)) leader.set(find(member), find(first));
  }
  for (const step of steps.filter((one) => one.kind === "exclusion")) {
    const [first = "", ...members] = named(step);
    const member = members.find((name) => find(name) === find(first));
    if (member !== undefined) return { key: step.key, words: `It keeps ${clipped(first, 40)} apart from ${clipped(member, 40)}, but an admission puts them together; drop one of them.`, open: false };
  }
  for (const gone of steps.filter((one) => one.kind === "omission")) {
    const actor = gone.actors[0] ?? "";
    const needs = steps.find((step) => step.kind !== "omission" && step.kind !== "closure" && named(step).includes(actor));
    if (needs !== undefined) return { key: needs.key, words: `It needs ${clipped(actor, 40)}, but ${placeOf(draft, gone)} leaves that actor out; drop one of them.`, open: false };
  }
  return null;
}

function unknown(words: string, name: string, names: ReadonlySet<string>): string {
  const near = nearest(name, names);
  return `${words} “${clipped(name, 40)}”${near === null ? "." : `; did you mean “${clipped(near)}”?`}`;
}

/** The name that has the same letters, contains what was typed, or differs by few letters. */
function nearest(name: string, names: ReadonlySet<string>): string | null {
  const typed = name.trim().toLocaleLowerCase();
  let [best, least] = [null as string | null, Math.max(2, typed.length / 3)];
  for (const one of names) {
    const other = one.toLocaleLowerCase();
    const far = other.includes(typed) ? 0.5 + 1 / (1 + other.length) : distance(typed, other, least);
    if (far < least || (far === least && best === null)) [best, least] = [one, far];
  }
  return best;
}

/** Letters to be put in, taken out or exchanged (Levenshtein); beyond `most` any number above it. */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length]!;
}
