/** The two questions above the drawing: whose words, and how many coalitions. */

import type { Case } from "./case";
import { button, h } from "./element";
import type { State, Store } from "./state";
import { clipped, proof, question } from "./words";

/** With more sources than this a list is easier than a row of buttons. */
const MOST_BUTTONS = 6;

export class Choices {
  readonly element = h("section", { class: "choices", "aria-label": "What is shown" });

  constructor(
    private readonly cases: Case,
    private readonly store: Store,
  ) {}

  update(state: State): void {
    const focused = document.activeElement?.getAttribute("data-choice");
    const split = this.cases.split(state);
    this.element.replaceChildren(
      this.sources(state),
      this.counts(state),
      split === null
        ? h("p", { class: "badge" }, "no split computed")
        : h("p", { class: split.answer.proved ? "badge proved" : "badge", role: "status" }, proof(split.answer)),
    );
    // The pressed button is made anew; the keyboard stays where it was.
    if (focused) this.element.querySelector<HTMLElement>(`[data-choice="${CSS.escape(focused)}"]`)?.focus();
  }

  private sources(state: State): HTMLElement {
    const { networks } = this.cases.view;
    if (networks.length > MOST_BUTTONS) return this.sourceList(state);
    return group(
      "According to",
      networks.map((net, i) =>
        toggle(`source${i}`, clipped(net.label, 32), net.source === state.source, () => this.choose(net.source)),
      ),
    );
  }

  private sourceList(state: State): HTMLElement {
    const { networks } = this.cases.view;
    const list = h(
      "select",
      { "data-choice": "sources", "aria-label": "According to" },
      ...networks.map((net, i) => h("option", { value: i, selected: net.source === state.source }, clipped(net.label))),
    );
    list.addEventListener("change", () => this.choose(networks[Number(list.value)]?.source ?? null));
    return group("According to", [list]);
  }

  /** Another source may not have been asked the same question. */
  private choose(source: string | null): void {
    const { k } = this.store.state;
    const counts = this.cases.network({ ...this.store.state, source }).answers.map((answer) => String(answer.k));
    this.store.change({ source, k: counts.includes(k) ? k : (counts[0] ?? k) });
  }

  private counts(state: State): HTMLElement {
    const counts = this.cases.network(state).answers.map((answer) => String(answer.k));
    return group(
      "Coalitions",
      counts.map((k) => toggle(`k${k}`, question(k), k === state.k, () => this.store.change({ k }))),
    );
  }
}

function group(title: string, members: readonly HTMLElement[]): HTMLElement {
  return h("div", { class: "choice", role: "group", "aria-label": title }, h("span", { class: "choice-title" }, title), ...members);
}

function toggle(key: string, words: string, pressed: boolean, act: () => void): HTMLButtonElement {
  return button({ "aria-pressed": String(pressed), "data-choice": key }, act, words);
}
