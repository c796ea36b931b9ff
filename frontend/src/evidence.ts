/** The panel that leads a tie, an actor, a coalition or a statement back to the words it rests on. */

import type { Case } from "./case";
import { h, button } from "./element";
import { tag } from "./glyph";
import { after, before, pieces } from "./quote";
import { signWord } from "./sign";
import type { Selection, State, Store } from "./state";
import type { Network, Origin, Statement, Tie } from "./view";
import { amount, clipped, direction, holds, percent, plural, signed } from "./words";

/** So many quotes are shown at once; the rest on request. */
const AT_ONCE = 30;

export class EvidencePanel {
  readonly element = h("section", { class: "evidence", "aria-label": "Evidence", "aria-live": "polite", tabindex: "-1" });

  constructor(
    private readonly cases: Case,
    private readonly store: Store,
    /** Begins a scenario about a tie. */
    private readonly whatIf: (a: string, b: string) => void,
  ) {}

  update(state: State): void {
    const { selection } = state;
    this.element.hidden = selection.kind === "none";
    if (selection.kind === "none") {
      this.element.replaceChildren();
      return;
    }
    const close = button(
      { class: "close", "aria-label": "Close evidence (Esc)", title: "Close (Esc)" },
      () => this.store.select({ kind: "none" }),
      "×",
    );
    this.element.replaceChildren(close, ...this.content(state, selection));
    this.element.scrollTop = 0;
  }

  private content(state: State, selection: Selection): HTMLElement[] {
    const network = this.cases.network(state);
    switch (selection.kind) {
      case "tie":
        return this.tie(network, state, selection.a, selection.b);
      case "actor":
        return this.actor(network, state, selection.name);
      case "coalition":
        return this.coalition(network, state, selection.name);
      case "statement":
        return [h("h2", {}, "Statement"), ...this.quotes(this.cases.quoted([selection.id]))];
      case "none":
        return [];
    }
  }

  private tie(network: Network, state: State, a: string, b: string): HTMLElement[] {
    const tie = this.cases.tie(network, a, b);
    const heading = h("h2", {}, this.name(a), " and ", this.name(b));
    if (tie === null) {
      const others = this.cases.view.networks.filter((net) => this.cases.tie(net, a, b) !== null);
      return [
        heading,
        h("p", {}, `${network.label}: no statement ties these two.`),
        ...others.map((net) =>
          h("p", {}, button({ class: "link" }, () => this.store.change({ source: net.source }), `See ${net.label}`)),
        ),
      ];
    }
    const violated = this.cases
      .split(state)
      ?.answer.violated.some((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a));
    return [
      heading,
      h(
        "p",
        { class: "verdict" },
        signWord(tie.weight),
        ` in sum ${signed(tie.weight)}: with ${amount(tie.positive)}, against ${amount(tie.negative)}, from ${plural(tie.count, "statement")}.`,
      ),
      ...(tie.contested ? [h("p", { class: "notice" }, `Contested: some statements put the two together, others set them against each other. ${this.perSource(a, b)}`)] : []),
      h("p", {}, button({}, () => this.whatIf(a, b), "What if it changed?")),
      ...(violated ? [h("p", { class: "notice" }, "This tie goes against the split shown.")] : []),
      ...this.quotes(this.cases.quoted(tie.statements)),
    ];
  }

  private perSource(a: string, b: string): string {
    const words = this.cases.sources.flatMap((net) => {
      const tie = this.cases.tie(net, a, b);
      return tie ? [`${net.label}: ${direction(tie.weight)} ${signed(tie.weight)}`] : [];
    });
    return words.length > 0 ? `${words.join("; ")}.` : "";
  }

  private actor(network: Network, state: State, name: string): HTMLElement[] {
    const actor = network.actors.find((one) => one.name === name);
    const split = this.cases.split(state);
    const ties = network.ties
      .filter((tie) => tie.a === name || tie.b === name)
      .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
    if (actor === undefined) return [h("h2", {}, clipped(name)), h("p", {}, `${network.label} does not speak of it.`)];
    const firm = split?.answer.firmness[name];
    return [
      h("h2", {}, clipped(name), " ", h("small", {}, actor.kind)),
      h(
        "p",
        { class: "verdict" },
        tag(split?.of.get(name)),
        firm === undefined ? "" : ` firmness ${percent(firm)}`,
        ` · with ${amount(actor.positive)}, against ${amount(actor.negative)}`,
        actor.told ? ` · on ${actor.told}` : "",
      ),
      this.tieList(ties, name),
      h("h3", {}, "What was said"),
      ...this.quotes(this.cases.quoted([...new Set(ties.flatMap((tie) => tie.statements))])),
    ];
  }

  private coalition(network: Network, state: State, name: string): HTMLElement[] {
    const split = this.cases.split(state);
    const coalition = split?.coalitions.find((one) => one.name === name);
    if (coalition === undefined) return [h("h2", {}, clipped(name)), h("p", {}, `${network.label} has no such coalition.`)];
    const inside = new Set(coalition.members);
    const ties = network.ties.filter((tie) => inside.has(tie.a) && inside.has(tie.b));
    const binding = ties.reduce((sum, tie) => sum + Math.max(0, tie.weight), 0);
    const strain = ties.reduce((sum, tie) => sum + Math.max(0, -tie.weight), 0);
    return [
      h("h2", {}, tag(coalition)),
      h("p", { class: "names" }, ...joined(coalition.members.map((member) => this.name(member)))),
      h("p", { class: "verdict" }, `Inside it, ties with ${amount(binding)} and against ${amount(strain)}.`),
      this.tieList([...ties].sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))),
      h("h3", {}, "What was said"),
      ...this.quotes(this.cases.quoted([...new Set(ties.flatMap((tie) => tie.statements))])),
    ];
  }

  /** Ties as a list of buttons; seen from `from` when it is given. */
  private tieList(ties: readonly Tie[], from?: string): HTMLElement {
    const rows = ties.slice(0, AT_ONCE).map((tie) => {
      const words = from === undefined ? `${clipped(tie.a, 30)} – ${clipped(tie.b, 30)}` : clipped(tie.a === from ? tie.b : tie.a);
      const open = button({ class: "link" }, () => this.store.select({ kind: "tie", a: tie.a, b: tie.b }), words);
      return h("li", {}, signWord(tie.weight), ` ${signed(tie.weight)} `, open, tie.contested ? " (contested)" : "");
    });
    if (ties.length > AT_ONCE) rows.push(h("li", {}, `and ${ties.length - AT_ONCE} more in the table of ties`));
    return h("ul", { class: "tie-list" }, ...rows);
  }

  private name(name: string): HTMLElement {
    return button({ class: "link" }, () => this.store.select({ kind: "actor", name }), clipped(name));
  }

  private quotes(stmts: readonly Statement[]): HTMLElement[] {
    if (stmts.length === 0) return [h("p", {}, "No quoted statement stands behind it in this file.")];
    const list = h("ol", { class: "quotes" }, ...stmts.slice(0, AT_ONCE).map((stmt) => this.quote(stmt)));
    if (stmts.length <= AT_ONCE) return [list];
    const more = button({ class: "more" }, () => {
      list.append(...stmts.slice(AT_ONCE).map((stmt) => this.quote(stmt)));
      more.remove();
    }, `Show all ${stmts.length} statements`);
    return [list, more];
  }

  private quote(stmt: Statement): HTMLElement {
    const { evidence } = stmt;
    const origin = this.cases.origin(stmt);
    const body =
      evidence.quote === undefined
        ? h("p", { class: "row" }, `Row ${evidence.row ?? "?"} of ${evidence.dataset ?? "a data set"}`)
        : h(
            "blockquote",
            {},
            h("span", { class: "context" }, before(stmt)),
            ...pieces(stmt).map(({ text, role }) => (role === "none" ? h("span", {}, text) : h("mark", { class: role, title: role }, text))),
            h("span", { class: "context" }, after(stmt)),
          );
    const side = stmt.polarity === 0 ? "neither with nor against" : direction(stmt.polarity);
    return h(
      "li",
      { class: "quote", "data-statement": stmt.id },
      body,
      h("p", { class: "said" }, h("strong", {}, stmt.source.join(" › ")), originWords(origin, stmt)),
      (stmt.report_in?.length ?? 0) > 1
        ? h("p", { class: "quiet" }, `one report in ${stmt.report_in?.length} outlets: ${stmt.report_in?.join(", ")}`)
        : null,
      h(
        "dl",
        {},
        ...entry("claim", this.cases.claim(stmt)),
        ...entry("act", `${stmt.act}: ${side}, weight ${amount(stmt.weight / 10)}`),
        ...entry("put as", holds(stmt)),
        ...Object.entries(stmt.qualifiers).flatMap(([key, value]) => entry(key, value)),
        ...entry("read by", `${stmt.reader}${stmt.rule ? `, rule ${stmt.rule}` : ""}; confidence ${percent(stmt.confidence)}`),
        ...entry("id", button({ class: "link" }, () => this.store.select({ kind: "statement", id: stmt.id }), stmt.id)),
        ...(stmt.marking ? entry("marking", stmt.marking) : []),
      ),
      origin?.url ? link(origin.url) : null,
    );
  }
}

function entry(term: string, words: string | HTMLElement): HTMLElement[] {
  return [h("dt", {}, term), h("dd", {}, words)];
}

function originWords(origin: Origin | undefined, stmt: Statement): string {
  const words = [origin?.title ? `“${clipped(origin.title, 120)}”` : "", origin?.author ?? "", origin?.date ?? stmt.date ?? ""];
  const said = words.filter((word) => word !== "").join(", ");
  return said === "" ? "" : ` · ${said}`;
}

/** A link only where it leads to a web page: an address such as "javascript:..." stays plain text. */
function link(url: string): HTMLElement {
  const web = /^https?:\/\//i.test(url);
  return h("p", { class: "url" }, web ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, clipped(url, 90)) : clipped(url, 90));
}

function joined(elements: readonly HTMLElement[]): (HTMLElement | string)[] {
  return elements.flatMap((element, i) => (i === 0 ? [element] : [", ", element]));
}
