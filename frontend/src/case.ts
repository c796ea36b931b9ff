/** Looking things up in a view: statements by id, ties by pair, the network and split that a state means. */

import { splitOf, type Split } from "./coalition";
import { pairKey } from "./pair";
import type { State } from "./state";
import type { Network, Origin, Statement, Tie, View } from "./view";
import { clipped } from "./words";

export class Case {
  readonly statements: ReadonlyMap<string, Statement>;
  private readonly splits = new Map<Network, Map<string, Split | null>>();
  private readonly ties = new Map<Network, Map<string, Tie>>();

  constructor(readonly view: View) {
    this.statements = new Map(view.statements.map((stmt) => [stmt.id, stmt]));
    for (const network of view.networks) {
      this.ties.set(network, new Map(network.ties.map((tie) => [pairKey(tie.a, tie.b), tie])));
    }
  }

  network(state: State): Network {
    const found = this.view.networks.find((net) => net.source === state.source) ?? this.view.networks[0];
    if (found === undefined) throw new Error("This file holds no network to show.");
    return found;
  }

  /** The split of the state's network; computed once for each network and question. */
  split(state: State): Split | null {
    const network = this.network(state);
    const known = this.splits.get(network) ?? new Map<string, Split | null>();
    this.splits.set(network, known);
    const split = known.get(state.k) ?? splitOf(this.view, network, state.k);
    known.set(state.k, split);
    return split;
  }

  tie(network: Network, a: string, b: string): Tie | null {
    return this.ties.get(network)?.get(pairKey(a, b)) ?? null;
  }

  /** The networks of single sources. */
  get sources(): readonly Network[] {
    return this.view.networks.filter((net) => net.source !== null);
  }

  /** What a network rests on; the network of all sources also shows statements that count for no tie. */
  said(network: Network): readonly Statement[] {
    return network.source === null ? this.view.statements : this.quoted(network.ties.flatMap((tie) => tie.statements));
  }

  origin(stmt: Statement): Origin | undefined {
    return this.view.documents[stmt.evidence.document ?? ""];
  }

  /** The claim as a sentence: who does what to whom. */
  claim(stmt: Statement): string {
    return `${clipped(stmt.actor, 40)} ${this.view.acts[stmt.act] ?? stmt.act} ${clipped(stmt.target, 40)}`;
  }

  quoted(ids: readonly string[]): Statement[] {
    return ids.flatMap((id) => this.statements.get(id) ?? []);
  }
}
