/** Looking things up in a view: statements by id, ties by pair, the network and split that a state means. */

import { splitOf, type Split } from "./coalition";
import { pairKey } from "./pair";
import type { State } from "./state";
import type { Network, Statement, Tie, View } from "./view";

export class Case {
  readonly statements: ReadonlyMap<string, Statement>;
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

  split(state: State): Split | null {
    return splitOf(this.view, this.network(state), state.k);
  }

  tie(network: Network, a: string, b: string): Tie | null {
    return this.ties.get(network)?.get(pairKey(a, b)) ?? null;
  }

  /** The networks of single sources. */
  get sources(): readonly Network[] {
    return this.view.networks.filter((net) => net.source !== null);
  }

  quoted(ids: readonly string[]): Statement[] {
    return ids.flatMap((id) => this.statements.get(id) ?? []);
  }
}
