/** Sources side by side: the same places, each with its own coalitions; and the pairs about which they differ. */

import type { Case } from "./case";
import { Drawing } from "./drawing";
import { button, h } from "./element";
import type { Extent } from "./extent";
import { pairKey } from "./pair";
import type { State, Store } from "./state";
import type { Network } from "./view";
import { amount, clipped, direction, plural, proof, sign, signed } from "./words";

interface Panel {
  readonly network: Network;
  readonly drawing: Drawing;
  readonly words: HTMLElement;
  readonly open: HTMLButtonElement;
}

/** So many sources stand side by side, those with the most ties; the others are chosen above the drawing. */
const MOST = 12;

export class Comparison {
  readonly element = h("section", { class: "comparison", id: "sources" });
  private readonly panels: Panel[];
  private readonly pairs = h("div");

  constructor(
    private readonly cases: Case,
    private readonly store: Store,
    extent: Extent,
  ) {
    this.panels = biggest(cases.sources).map((network) => {
      const open = button({ class: "link" }, () => this.store.change({ source: network.source }), clipped(network.label));
      return { network, open, drawing: new Drawing({ small: true, extent }), words: h("div", { class: "panel-words" }) };
    });
    this.element.append(
      h("h2", {}, "Sources side by side"),
      h("p", {}, "Each actor keeps its place, its shape and its colour tell the coalition that follows from this source alone."),
      h(
        "div",
        { class: "panels" },
        ...this.panels.map((panel) => h("figure", {}, h("figcaption", {}, panel.open), panel.drawing.element, panel.words)),
      ),
      this.pairs,
    );
    this.element.hidden = this.panels.length === 0;
  }

  update(state: State): void {
    for (const { network, drawing, words, open } of this.panels) {
      const split = this.cases.split({ ...state, source: network.source });
      drawing.show({ network, split });
      if (network.source === state.source) open.setAttribute("aria-current", "true");
      else open.removeAttribute("aria-current");
      const lines = (split?.coalitions ?? []).filter((one) => one.letter);
      words.replaceChildren(
        ...lines.map((one) => h("p", {}, h("strong", {}, `${one.letter}: `), clipped(one.members.join(", "), 160))),
        h(
          "p",
          { class: "quiet" },
          split ? `${plural(network.ties.length, "tie")}; weight ${amount(split.answer.value)} against the split, ${proof(split.answer)}` : "no split computed",
        ),
      );
    }
    this.drawPairs();
  }

  private drawPairs(): void {
    const rows = this.disagreements();
    const sources = this.panels.map((panel) => panel.network);
    if (rows.length === 0) {
      this.pairs.replaceChildren(h("h3", {}, "Contested ties"), h("p", {}, "No pair of actors is put together by some statements and set against each other by others."));
      return;
    }
    const head = h("tr", {}, h("th", { scope: "col" }, "Pair"), ...sources.map((net) => h("th", { scope: "col" }, clipped(net.label, 30))));
    const body = rows.map(([a, b]) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, button({ class: "link" }, () => this.open(null, a, b), `${clipped(a, 40)} – ${clipped(b, 40)}`)),
        ...sources.map((net) => h("td", {}, this.cell(net, a, b))),
      ),
    );
    this.pairs.replaceChildren(
      h("h3", {}, `Where words differ: ${plural(rows.length, "contested tie")}`),
      h("p", {}, "Some statements put these pairs together, others set them against each other; in brackets, where one source does both."),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Contested ties by source" },
        h("table", { class: "contested-table" }, h("caption", { class: "unseen" }, "Contested ties by source"), h("thead", {}, head), h("tbody", {}, ...body)),
      ),
    );
  }

  private cell(network: Network, a: string, b: string): HTMLElement {
    const tie = this.cases.tie(network, a, b);
    if (tie === null) return h("span", { class: "quiet" }, "says nothing");
    const both = tie.positive > 0 && tie.negative > 0 ? ` (${signed(tie.positive)} ${signed(-tie.negative)})` : "";
    return button(
      { class: `sign ${sign(tie.weight)}`, "aria-label": `${network.label}: ${direction(tie.weight)} ${signed(tie.weight)}, ${plural(tie.count, "statement")}` },
      () => this.open(network.source, a, b),
      `${direction(tie.weight)} ${signed(tie.weight)}${both}`,
    );
  }

  private open(source: string | null, a: string, b: string): void {
    this.store.change({ source, selection: { kind: "tie", a, b } });
  }

  /** Pairs that any network calls contested, or to which two sources give opposite signs; the heaviest dispute first. */
  private disagreements(): (readonly [string, string])[] {
    const found = new Map<string, { pair: readonly [string, string]; with: number; against: number; contested: boolean }>();
    for (const network of this.cases.view.networks) {
      for (const tie of network.ties) {
        const key = pairKey(tie.a, tie.b);
        const seen = found.get(key) ?? { pair: [tie.a, tie.b] as const, with: 0, against: 0, contested: false };
        found.set(key, seen);
        seen.contested ||= tie.contested;
        if (network.source === null) continue;
        seen.with += Math.max(0, tie.weight);
        seen.against += Math.max(0, -tie.weight);
      }
    }
    return [...found.values()]
      .filter((one) => one.contested || (one.with > 0 && one.against > 0))
      .sort((one, other) => Math.min(other.with, other.against) - Math.min(one.with, one.against))
      .map((one) => one.pair);
  }
}

function biggest(networks: readonly Network[]): readonly Network[] {
  if (networks.length <= MOST) return networks;
  return [...networks].sort((one, other) => other.ties.length - one.ties.length).slice(0, MOST);
}
