/** What the reader is looking at, its pure changes, and its form in the address (so that a view can be shared). */

import type { View } from "./view";

export type Selection =
  | { readonly kind: "none" }
  | { readonly kind: "actor"; readonly name: string }
  | { readonly kind: "tie"; readonly a: string; readonly b: string }
  | { readonly kind: "coalition"; readonly name: string }
  | { readonly kind: "statement"; readonly id: string };

export interface State {
  /** Name of a source; null for all. */
  readonly source: string | null;
  /** "2", "any" or another number of coalitions. */
  readonly k: string;
  readonly selection: Selection;
}

export const NOTHING: Selection = { kind: "none" };
const ADDRESS_VERSION = "1";

/** The state as the part of the address behind "#". */
export function encode(state: State): string {
  const words = new URLSearchParams({ v: ADDRESS_VERSION, k: state.k });
  if (state.source !== null) words.set("source", state.source);
  const { selection } = state;
  switch (selection.kind) {
    case "actor":
      words.set("actor", selection.name);
      break;
    case "tie":
      words.set("a", selection.a);
      words.set("b", selection.b);
      break;
    case "coalition":
      words.set("coalition", selection.name);
      break;
    case "statement":
      words.set("statement", selection.id);
      break;
    case "none":
      break;
  }
  return words.toString();
}

/** The state that an address names; what the view doesn't hold is left at its default. */
export function decode(hash: string, view: View): State {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const known = words.get("v") === ADDRESS_VERSION ? words : new URLSearchParams();
  const wanted = known.get("source");
  const network = view.networks.find((net) => net.source === wanted) ?? view.networks[0];
  const counts = (network?.answers ?? []).map((answer) => String(answer.k));
  const k = known.get("k") ?? "";
  return {
    source: network?.source ?? null,
    k: counts.includes(k) ? k : (counts[0] ?? "any"),
    selection: selectionOf(known, view),
  };
}

function selectionOf(words: URLSearchParams, view: View): Selection {
  const names = new Set(view.networks.flatMap((net) => net.actors.map((actor) => actor.name)));
  const [actor, a, b] = [words.get("actor"), words.get("a"), words.get("b")];
  if (actor !== null && names.has(actor)) return { kind: "actor", name: actor };
  if (a !== null && b !== null && names.has(a) && names.has(b)) return { kind: "tie", a, b };
  const id = words.get("statement");
  if (id !== null && view.statements.some((stmt) => stmt.id === id)) return { kind: "statement", id };
  const coalition = words.get("coalition");
  return coalition === null ? NOTHING : { kind: "coalition", name: coalition };
}

export type Listener = (state: State, before: State) => void;

/** The one place where the state changes. */
export class Store {
  private readonly listeners: Listener[] = [];

  constructor(private current: State) {}

  get state(): State {
    return this.current;
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  change(part: Partial<State>): void {
    const before = this.current;
    this.current = { ...before, ...part };
    if (encode(before) === encode(this.current)) return;
    for (const listener of this.listeners) listener(this.current, before);
  }

  select(selection: Selection): void {
    this.change({ selection });
  }
}
