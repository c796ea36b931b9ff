/** The coalitions in words: who stands in which, how firmly, how far it is proved, what goes against it. */

import type { Case } from "./case";
import type { Coalition } from "./coalition";
import { bar } from "./bar";
import { button, h } from "./element";
import { signWord } from "./sign";
import { tag } from "./glyph";
import type { State, Store } from "./state";
import type { Answer } from "./view";
import { amount, clipped, plural, proof, proofSentence, question, signed } from "./words";

/** So many violated ties are listed; the others stand in the table of ties. */
const LISTED = 12;
/** So many members are named; a click on the coalition names all. */
const NAMED = 24;

export class Summary {
  readonly element = h("section", { class: "summary", "aria-label": "Coalitions" });

  constructor(
    private readonly cases: Case,
    private readonly store: Store,
  ) {}

  update(state: State): void {
    const split = this.cases.split(state);
    const network = this.cases.network(state);
    if (split === null) {
      this.element.replaceChildren(h("h2", {}, "Coalitions"), h("p", {}, `No split was computed for ${network.label}.`));
      return;
    }
    const { answer } = split;
    const rows = split.coalitions.map((coalition) => {
      const firm = mean(coalition.members.map((name) => answer.firmness[name]));
      const open = button(
        { class: "link" },
        () => this.store.select({ kind: "coalition", name: coalition.name }),
        tag(coalition),
      );
      return h(
        "tr",
        {},
        h("th", { scope: "row" }, open, firm === null ? null : h("div", { title: "mean firmness of its members" }, bar(firm))),
        h("td", {}, ...this.members(coalition)),
      );
    });
    this.element.replaceChildren(
      h("h2", {}, `${question(state.k)}, ${network.label}`),
      h(
        "p",
        { class: "verdict" },
        h("strong", { class: answer.proved ? "badge proved" : "badge" }, proof(answer)),
        " ",
        proofSentence(answer),
      ),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of coalitions" },
        h(
          "table",
          {},
          h("caption", { class: "unseen" }, "Coalitions"),
          h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Coalition, firmness"), h("th", { scope: "col" }, "Members"))),
          h("tbody", {}, ...rows),
        ),
      ),
      h("p", { class: "quiet" }, "Letters stay the same from source to source."),
      ...this.caveats(answer, state),
      ...this.violated(state),
      h("p", { class: "quiet" }, `${answer.method}; ${answer.seconds.toFixed(2)} s.`),
    );
  }

  private members(coalition: Coalition): HTMLElement[] {
    const { members, name } = coalition;
    const shown = members.slice(0, NAMED).map((member) =>
      button({ class: "link quiet-link member" }, () => this.store.select({ kind: "actor", name: member }), clipped(member, 40)),
    );
    if (members.length > NAMED) {
      const open = (): void => this.store.select({ kind: "coalition", name });
      shown.push(button({ class: "link member" }, open, `and ${members.length - NAMED} more`));
    }
    return shown;
  }

  /** Whose place means little or nothing. */
  private caveats(answer: Answer, state: State): HTMLElement[] {
    const nowhere = new Set(answer.unaffiliated);
    const forced = answer.k === "any" ? [] : this.forced(state, nowhere);
    const undecided = Object.keys(answer.firmness).filter((name) => answer.firmness[name] === 0 && !nowhere.has(name));
    const list = (names: readonly string[]): string => names.map((name) => clipped(name, 40)).join(", ");
    return [
      ...(undecided.length > 0 ? [h("p", {}, `Another place would be as good for: ${clipped(list(undecided), 400)}.`)] : []),
      ...(forced.length > 0 ? [h("p", {}, `Put there only by whom they are against, with no tie to anybody beside them: ${clipped(list(forced), 400)}.`)] : []),
      ...(nowhere.size > 0 ? [h("p", {}, `No tie speaks for any place of: ${clipped(list([...nowhere]), 400)}.`)] : []),
    ];
  }

  /** Who has no positive tie within its coalition: enemies of enemies, where only so many coalitions were allowed. */
  private forced(state: State, nowhere: ReadonlySet<string>): string[] {
    const split = this.cases.split(state);
    if (split === null) return [];
    const bound = new Set<string>();
    for (const tie of this.cases.network(state).ties) {
      if (tie.weight > 0 && split.of.get(tie.a) === split.of.get(tie.b)) bound.add(tie.a).add(tie.b);
    }
    return split.coalitions
      .filter((coalition) => coalition.letter !== "" && coalition.members.length > 1)
      .flatMap((coalition) => coalition.members.filter((name) => !bound.has(name) && !nowhere.has(name)));
  }

  private violated(state: State): HTMLElement[] {
    const ties = [...(this.cases.split(state)?.answer.violated ?? [])].sort(
      (one, other) => Math.abs(other.weight) - Math.abs(one.weight),
    );
    if (ties.length === 0) return [h("p", {}, "No tie goes against this split.")];
    const rows = ties.slice(0, LISTED).map((tie) =>
      h(
        "li",
        {},
        signWord(tie.weight),
        ` ${signed(tie.weight)} `,
        button({ class: "link" }, () => this.store.select({ kind: "tie", a: tie.a, b: tie.b }), `${clipped(tie.a, 30)} – ${clipped(tie.b, 30)}`),
      ),
    );
    const sum = amount(ties.reduce((total, tie) => total + Math.abs(tie.weight), 0));
    return [
      h("h3", {}, `Against the split: ${plural(ties.length, "tie")}, weight ${sum}`),
      h("ul", { class: "tie-list" }, ...rows, ties.length > LISTED ? h("li", {}, `and ${ties.length - LISTED} more in the table of ties`) : null),
    ];
  }
}

function mean(shares: readonly (number | undefined)[]): number | null {
  const known = shares.filter((share): share is number => share !== undefined);
  return known.length === 0 ? null : known.reduce((sum, share) => sum + share, 0) / known.length;
}
