/** What steps do to ties, and what the coalitions shown are then worth: sums only, nothing is searched. */

import type { Split } from "./coalition";
import { pairKey } from "./pair";
import { named, tenths, type Step } from "./scenario";
import type { Network, Statement, Tie } from "./view";

export interface WorldTie {
  readonly a: string;
  readonly b: string;
  /** Integer tenths. */
  readonly weight: number;
}

/** The ties after some steps, by pair. */
export interface World {
  readonly ties: ReadonlyMap<string, WorldTie>;
  /** Whether the page can't tell all of them: it doesn't know how statements count that share or hide each other. */
  readonly unclear: boolean;
}

export interface Shift {
  readonly a: string;
  readonly b: string;
  /** Integer tenths; null for no tie. */
  readonly before: number | null;
  readonly after: number | null;
}

/** A network whose steps can be followed. */
export class Effects {
  private readonly placeOf = new Map<string, number>();
  /** Keys of pairs are made once: with many ties they cost more than the sums. */
  private readonly keyed: readonly (readonly [string, Tie])[];

  constructor(
    private readonly network: Network,
    private readonly statements: ReadonlyMap<string, Statement>,
    /** Whether statements that tell the same count once: then others may count where a source is silent. */
    private readonly once: boolean,
    split: Split | null,
  ) {
    this.keyed = network.ties.map((tie) => [pairKey(tie.a, tie.b), tie]);
    split?.answer.coalitions.forEach((members, place) => {
      for (const name of members) this.placeOf.set(name, place);
    });
  }

  /** The ties after `steps`, which all come about. */
  after(steps: readonly Step[]): World {
    const silent = new Set(steps.filter((step) => step.kind === "disbelief").map((step) => step.source));
    const gone = new Set(steps.filter((step) => step.kind === "omission").map((step) => step.actors[0] ?? ""));
    const ties = new Map<string, WorldTie>();
    let unclear = false;
    for (const [key, tie] of this.keyed) {
      if (gone.has(tie.a) || gone.has(tie.b)) continue;
      const weight = silent.size === 0 ? Math.round(tie.weight * 10) : this.believed(tie, silent);
      if (weight === undefined) unclear = true;
      else if (weight !== null) ties.set(key, { a: tie.a, b: tie.b, weight });
    }
    for (const step of steps) {
      const [a, b] = named(step);
      const shift = step.kind === "incident" || step.kind === "agreement" ? tenths(step) : null;
      if (shift === null || a === undefined || b === undefined) continue;
      const key = pairKey(a, b);
      ties.set(key, { a, b, weight: (ties.get(key)?.weight ?? 0) + shift });
    }
    return { ties, unclear };
  }

  /** Integer tenths: the weight of the ties that go against the coalitions shown. */
  value(world: World): number {
    let sum = 0;
    for (const tie of world.ties.values()) if (this.against(tie)) sum += Math.abs(tie.weight);
    return sum;
  }

  /** Whether a tie of this weight goes against the coalitions shown. */
  against({ a, b, weight }: WorldTie): boolean {
    return weight > 0 ? !this.together(a, b) : weight < 0 && this.together(a, b);
  }

  together(a: string, b: string): boolean {
    const place = this.placeOf.get(a);
    return a === b || (place !== undefined && place === this.placeOf.get(b));
  }

  /** How many statements of the network a source says. */
  said(source: string): number {
    const ids = new Set(this.network.ties.flatMap((tie) => tie.statements));
    return [...ids].filter((id) => says(this.statements.get(id), new Set([source]))).length;
  }

  /** Net tenths without what these sources say; null for no tie any more, undefined where the page can't tell. */
  private believed(tie: Tie, silent: ReadonlySet<string>): number | null | undefined {
    const stmts = tie.statements.map((id) => this.statements.get(id));
    const left = stmts.filter((stmt) => !says(stmt, silent));
    if (left.length === stmts.length) return Math.round(tie.weight * 10);
    if (this.once || stmts.length !== tie.count) return undefined;
    // Where a source is silent that had a copied report, another outlet's copy counts in its place.
    if (stmts.some((stmt) => says(stmt, silent) && (stmt?.report_in?.length ?? 0) > 1)) return undefined;
    const [all, rest] = [parts(stmts), parts(left)];
    // Only where the plain sum is the tie do statements count whole; other policies are the program's to follow.
    if (all.positive !== Math.round(tie.positive * 10) || all.negative !== Math.round(tie.negative * 10)) return undefined;
    return left.length === 0 ? null : rest.positive - rest.negative;
  }
}

/** The ties that differ, the largest difference first. */
export function shifts(before: World, after: World): Shift[] {
  const found: Shift[] = [];
  for (const key of new Set([...before.ties.keys(), ...after.ties.keys()])) {
    const [was, is] = [before.ties.get(key), after.ties.get(key)];
    const { a, b } = (was ?? is)!;
    if (was?.weight !== is?.weight) found.push({ a, b, before: was?.weight ?? null, after: is?.weight ?? null });
  }
  const size = (one: Shift): number => Math.abs((one.after ?? 0) - (one.before ?? 0));
  return found.sort((one, other) => size(other) - size(one));
}

/** Actors with ties before and none after. */
export function tieless(before: World, after: World): string[] {
  const has = (world: World): Set<string> => new Set([...world.ties.values()].flatMap((tie) => [tie.a, tie.b]));
  const left = has(after);
  return [...has(before)].filter((name) => !left.has(name)).sort();
}

/** A source is an outlet, a data set or a speaker anywhere in the chain, or the whole chain. */
function says(stmt: Statement | undefined, sources: ReadonlySet<string>): boolean {
  return stmt !== undefined && (stmt.source.some((name) => sources.has(name)) || sources.has(chain(stmt)));
}

export function chain(stmt: Statement): string {
  return stmt.source.join(" > ");
}

function parts(stmts: readonly (Statement | undefined)[]): { positive: number; negative: number } {
  let [positive, negative] = [0, 0];
  for (const stmt of stmts) {
    const amount = stmt === undefined || stmt.negated ? 0 : stmt.polarity * stmt.weight;
    if (amount > 0) positive += amount;
    else negative -= amount;
  }
  return { positive, negative };
}
