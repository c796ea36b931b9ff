/** A scenario as it is being written: its steps, the changes of it, which of them come about. It knows no network and no DOM. */

import type { ReadyScenario, StepKind } from "./view";

export interface Step {
  /** Which step it is, whatever its place; conditions of other steps name it by this. */
  readonly key: number;
  readonly kind: StepKind;
  /** The two of a tie or a route; who is admitted or excluded, then the members; who is left out. "" is not yet named. */
  readonly actors: readonly string[];
  readonly source: string;
  readonly goods: string;
  /** As typed, without sign: the kind tells whether it speaks against or for the tie. */
  readonly weight: string;
  /** As typed, per cent. */
  readonly chance: string;
  readonly requires: number | null;
  readonly unless: number | null;
  readonly because: string;
  /** What a stored scenario called it; empty for a name made of its kind. */
  readonly label: string;
  readonly statements: readonly string[];
}

export interface Draft {
  readonly name: string;
  readonly note: string;
  readonly steps: readonly Step[];
}

export const EMPTY: Draft = { name: "", note: "", steps: [] };

export const KINDS: readonly StepKind[] = ["incident", "agreement", "admission", "exclusion", "disbelief", "omission", "closure"];

/** Kinds of which one actor faces a list of others. */
export function hasMembers(kind: StepKind): boolean {
  return kind === "admission" || kind === "exclusion";
}

export function hasPair(kind: StepKind): boolean {
  return kind === "incident" || kind === "agreement" || kind === "closure";
}

export function hasWeight(kind: StepKind): boolean {
  return kind === "incident" || kind === "agreement";
}

let last = 0;

export function newStep(kind: StepKind, actors: readonly string[] = []): Step {
  last += 1;
  const none = { source: "", goods: "", requires: null, unless: null, because: "", label: "", statements: [] };
  return { key: last, kind, actors, weight: "5", chance: "100", ...none };
}

/** A scenario that the page holds, as a draft. */
export function drafted(ready: ReadyScenario): Draft {
  const steps = ready.steps.map((step) => ({
    ...newStep(step.kind, step.actors ?? []),
    source: step.source ?? "",
    goods: step.goods ?? "",
    weight: String(Math.abs(step.weight ?? 5)),
    chance: percentOf(step.probability ?? 1),
    because: step.because ?? "",
    label: step.label ?? "",
    statements: step.statements ?? [],
  }));
  const keyOf = (label: string | undefined): number | null => (label ? (steps.find((step) => step.label === label)?.key ?? null) : null);
  return {
    name: ready.name,
    note: ready.note,
    steps: steps.map((step, i) => ({ ...step, requires: keyOf(ready.steps[i]?.requires), unless: keyOf(ready.steps[i]?.unless) })),
  };
}

export function changed(draft: Draft, key: number, part: Partial<Step>): Draft {
  return { ...draft, steps: draft.steps.map((step) => (step.key === key ? { ...step, ...part } : step)) };
}

/** Without the step, and without the conditions on it. */
export function without(draft: Draft, key: number): Draft {
  const steps = draft.steps
    .filter((step) => step.key !== key)
    .map((step) => ({ ...step, requires: step.requires === key ? null : step.requires, unless: step.unless === key ? null : step.unless }));
  return { ...draft, steps };
}

/** With the step one place up (-1) or down (1). */
export function moved(draft: Draft, key: number, by: -1 | 1): Draft {
  const from = draft.steps.findIndex((step) => step.key === key);
  const other = draft.steps[from + by];
  const step = draft.steps[from];
  if (step === undefined || other === undefined) return draft;
  return { ...draft, steps: draft.steps.map((one) => (one === step ? other : one === other ? step : one)) };
}

/** Integer tenths with the sign of the kind; null where no weight stands there that a tie could have. */
export function tenths(step: Step): number | null {
  const size = numberOf(step.weight);
  if (size === null) return null;
  const whole = Math.round(Math.abs(size) * 10);
  if (whole < 1 || whole > 2 ** 40) return null;
  return step.kind === "incident" ? -whole : whole;
}

/** Above 0 to 1; null where no such chance stands there. */
export function probability(step: Step): number | null {
  const percent = numberOf(step.chance);
  return percent !== null && percent > 0 && percent <= 100 ? Number((percent / 100).toPrecision(12)) : null;
}

/** The actors that are named. */
export function named(step: Step): readonly string[] {
  return step.actors.filter((name) => name !== "");
}

/** The steps that come about when those in `missed` don't, by key; only for conditions that don't run in a circle. */
export function taken(draft: Draft, missed: ReadonlySet<number> = new Set()): ReadonlySet<number> {
  const byKey = new Map(draft.steps.map((step) => [step.key, step]));
  const holds = (key: number): boolean => {
    const step = byKey.get(key);
    return (
      step !== undefined &&
      !missed.has(key) &&
      (step.requires === null || holds(step.requires)) &&
      !(step.unless !== null && holds(step.unless))
    );
  };
  return new Set(draft.steps.map((step) => step.key).filter(holds));
}

/** Steps whose conditions need each other, in their order; null where none do. */
export function circle(draft: Draft): readonly Step[] | null {
  const byKey = new Map(draft.steps.map((step) => [step.key, step]));
  const done = new Set<number>();
  const visit = (step: Step, way: readonly Step[]): readonly Step[] | null => {
    const before = way.indexOf(step);
    if (before >= 0) return way.slice(before);
    if (done.has(step.key)) return null;
    for (const key of [step.requires, step.unless]) {
      const wanted = key === null ? undefined : byKey.get(key);
      const found = wanted === undefined ? null : visit(wanted, [...way, step]);
      if (found !== null) return found;
    }
    done.add(step.key);
    return null;
  };
  for (const step of draft.steps) {
    const found = visit(step, []);
    if (found !== null) return found;
  }
  return null;
}

function numberOf(typed: string): number | null {
  const plain = typed.trim().replace("−", "-").replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  return Number(plain);
}

function percentOf(share: number): string {
  return String(Number((100 * share).toPrecision(12)));
}
