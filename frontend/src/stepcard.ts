/** One step as a card: its fields, what it does or lacks, and the buttons that move and remove it. */

import { button, h } from "./element";
import { hasMembers, hasPair, hasWeight, type Draft, type Step } from "./scenario";
import { KIND_WORDS } from "./stepwords";
import { clipped } from "./words";

/** What a card asks of the editor. */
export interface Host {
  /** Change a step; `field` tells what is being typed, so that one undo takes it back as a whole. */
  edit(key: number, part: Partial<Step>, field: string): void;
  move(key: number, by: -1 | 1): void;
  remove(key: number): void;
}

/** What stands at the foot of a card. */
export interface Foot {
  readonly words: readonly (Node | string)[];
  readonly problem: "none" | "open" | "wrong";
}

export const ACTOR_NAMES = "scenario-actors";
export const SOURCE_NAMES = "scenario-sources";

export class StepCard {
  readonly element: HTMLLIElement;
  private readonly title = h("h4");
  private readonly foot = h("p", { class: "step-effect" });
  private readonly summary = h("summary");
  private readonly conditions: { readonly list: HTMLSelectElement; readonly field: "requires" | "unless" }[] = [];
  private readonly up: HTMLButtonElement;
  private readonly down: HTMLButtonElement;
  private readonly drop: HTMLButtonElement;

  constructor(
    private step: Step,
    private readonly host: Host,
    unfolded: boolean,
  ) {
    const { key } = step;
    this.foot.id = `step${key}-effect`;
    this.up = button({ "data-field": `${key}.up` }, () => host.move(key, -1), "↑");
    this.down = button({ "data-field": `${key}.down` }, () => host.move(key, 1), "↓");
    this.drop = button({ "data-field": `${key}.drop` }, () => host.remove(key), "×");
    this.element = h(
      "li",
      { class: "step", "data-kind": step.kind, "data-step": key },
      h("div", { class: "step-head" }, this.title, h("span", { class: "step-tools" }, this.up, this.down, this.drop)),
      h("div", { class: "fields" }, ...this.fields()),
      this.foot,
      this.further(unfolded),
    );
  }

  /** Whether condition, chance and reason are open to be seen. */
  get unfolded(): boolean {
    return this.element.querySelector("details")?.open ?? false;
  }

  /** Show the step at its place among the others; fields keep what is being typed. */
  show(draft: Draft, foot: Foot): void {
    const place = draft.steps.findIndex((one) => one.key === this.step.key);
    this.step = draft.steps[place] ?? this.step;
    const { title } = KIND_WORDS[this.step.kind];
    this.title.replaceChildren(h("span", { class: "step-number" }, String(place + 1)), title);
    for (const [tool, words] of [[this.up, "Move up"], [this.down, "Move down"], [this.drop, "Remove"]] as const) {
      tool.setAttribute("aria-label", `${words}: step ${place + 1}, ${title}`);
      tool.title = words;
    }
    this.up.disabled = place === 0;
    this.down.disabled = place === draft.steps.length - 1;
    this.foot.className = foot.problem === "none" ? "step-effect" : `step-effect ${foot.problem}`;
    this.foot.replaceChildren(...foot.words);
    for (const input of this.element.querySelectorAll("input")) {
      if (foot.problem === "wrong") input.setAttribute("aria-describedby", this.foot.id);
      else input.removeAttribute("aria-describedby");
    }
    for (const { list, field } of this.conditions) this.offer(list, draft, this.step[field]);
    this.summary.textContent = this.circumstances(draft);
  }

  private fields(): HTMLElement[] {
    const { kind } = this.step;
    if (kind === "disbelief") return [this.text("Source", "source", { list: SOURCE_NAMES, class: "wide" })];
    const [first, second] = hasPair(kind) ? (kind === "closure" ? ["From", "To"] : ["Between", "and"]) : [kind === "omission" ? "Actor" : "Who", ""];
    const found = [this.actor(first, 0)];
    if (hasPair(kind)) found.push(this.actor(second, 1));
    if (hasMembers(kind)) found.push(this.members(kind === "admission" ? "joins" : "is kept apart from"));
    if (hasWeight(kind)) found.push(this.weight());
    if (kind === "closure") found.push(this.text("Goods", "goods", { placeholder: "all" }));
    return found;
  }

  private text(title: string, field: "source" | "goods" | "because" | "chance" | "weight", attributes: Record<string, string> = {}): HTMLLabelElement {
    const { class: size = "", ...rest } = attributes;
    const input = h("input", { type: "text", value: this.step[field], autocomplete: "off", "data-field": `${this.step.key}.${field}`, ...rest });
    input.addEventListener("input", () => this.host.edit(this.step.key, { [field]: input.value }, `${this.step.key}.${field}`));
    return labelled(title, input, size);
  }

  private actor(title: string, place: number): HTMLElement {
    const { key } = this.step;
    const input = h("input", { type: "text", value: this.step.actors[place] ?? "", autocomplete: "off", list: ACTOR_NAMES, "data-field": `${key}.actor${place}` });
    input.addEventListener("input", () => {
      const actors = [...this.step.actors];
      while (actors.length <= place) actors.push("");
      actors[place] = input.value.trim();
      this.host.edit(key, { actors }, `${key}.actor${place}`);
    });
    return labelled(title, input);
  }

  private weight(): HTMLElement {
    // The style sheet puts the sign before the number; the kind of the step says it in words.
    return this.text("Weight", "weight", { inputmode: "decimal", class: this.step.kind === "incident" ? "short minus" : "short plus" });
  }

  /** Names that are put together one by one; each can be taken out again. */
  private members(title: string): HTMLElement {
    const { key } = this.step;
    const input = h("input", { type: "text", autocomplete: "off", list: ACTOR_NAMES, placeholder: "add an actor", "aria-label": `${title}: add an actor`, "data-field": `${key}.member` });
    const box = h("span", { class: "chips" });
    const draw = (): void => {
      const chips = this.step.actors.slice(1).map((name) =>
        button({ class: "chip", "aria-label": `Take out ${clipped(name)}` }, () => {
          this.host.edit(key, { actors: [this.step.actors[0] ?? "", ...this.step.actors.slice(1).filter((one) => one !== name)] }, `${key}.out ${name}`);
          draw();
          input.focus();
        }, clipped(name, 40), h("span", { "aria-hidden": "true" }, " ×")),
      );
      box.replaceChildren(...chips);
    };
    const take = (): void => {
      const name = input.value.trim();
      if (name === "") return;
      const [first = "", ...others] = this.step.actors;
      if (!others.includes(name)) this.host.edit(key, { actors: [first, ...others, name] }, `${key}.in ${name}`);
      input.value = "";
      draw();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") take();
    });
    // What is picked from the list of names comes as one replacement, not letter by letter.
    input.addEventListener("input", (event) => {
      if (!(event instanceof InputEvent) || event.inputType === "insertReplacementText") take();
    });
    input.addEventListener("blur", take);
    draw();
    return h("div", { class: "field wide", role: "group", "aria-label": title }, h("span", {}, title), h("div", { class: "members" }, box, input));
  }

  private further(unfolded: boolean): HTMLElement {
    const { key } = this.step;
    const condition = (title: string, field: "requires" | "unless"): HTMLElement => {
      const list = h("select", { "data-field": `${key}.${field}` });
      list.addEventListener("change", () => this.host.edit(key, { [field]: list.value === "" ? null : Number(list.value) }, `${key}.${field}`));
      this.conditions.push({ list, field });
      return labelled(title, list);
    };
    return h(
      "details",
      { open: unfolded },
      this.summary,
      h(
        "div",
        { class: "fields" },
        condition("Only if", "requires"),
        condition("Unless", "unless"),
        this.text("Chance, %", "chance", { inputmode: "decimal", class: "short" }),
        this.text("Because", "because", { class: "wide" }),
      ),
    );
  }

  /** The other steps, for a condition. */
  private offer(list: HTMLSelectElement, draft: Draft, chosen: number | null): void {
    const others = draft.steps.filter((one) => one.key !== this.step.key);
    list.replaceChildren(
      h("option", { value: "" }, "–"),
      ...others.map((one) => h("option", { value: one.key }, `step ${draft.steps.indexOf(one) + 1}: ${KIND_WORDS[one.kind].title}`)),
    );
    list.value = chosen === null ? "" : String(chosen);
  }

  private circumstances(draft: Draft): string {
    const { requires, unless, chance, because } = this.step;
    const number = (key: number): number => draft.steps.findIndex((one) => one.key === key) + 1;
    const words = [
      requires === null ? "" : `only if step ${number(requires)}`,
      unless === null ? "" : `unless step ${number(unless)}`,
      chance.trim() === "100" ? "" : `chance ${chance.trim() || "?"} %`,
      because.trim() ? `“${clipped(because.trim(), 80)}”` : "",
    ].filter((one) => one !== "");
    return words.length > 0 ? words.join(" · ") : "Condition, chance, reason";
  }
}

/** A field with its name above it. */
export function labelled(title: string, field: HTMLElement, size = ""): HTMLLabelElement {
  return h("label", { class: `field ${size}`.trim() }, h("span", {}, title), field);
}
