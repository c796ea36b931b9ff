/** The editor of scenarios: steps are put together here, what they do is told at once, and the program computes the rest. */

import type { Case } from "./case";
import { chain, Effects, shifts, type World } from "./effects";
import { button, h } from "./element";
import { copied, download } from "./exporting";
import { pairKey } from "./pair";
import { placeOf, problems, sound, type Known, type Problem } from "./problems";
import { changed, drafted, EMPTY, KINDS, moved, newStep, taken, without, type Draft, type Step } from "./scenario";
import { commands, fileName, proposed, toml } from "./scenariofile";
import type { State, Store } from "./state";
import { ACTOR_NAMES, labelled, SOURCE_NAMES, StepCard, type Foot } from "./stepcard";
import { effectWords, keeps, KIND_WORDS, weightWords } from "./stepwords";
import { amount, clipped, plural, proof, question, signed } from "./words";

/** So many changed ties are listed. */
const LISTED = 12;
/** So many names are offered to a field. */
const OFFERED = 3000;

export class Editor {
  readonly element: HTMLElement;
  private draft: Draft = EMPTY;
  private readonly past: Draft[] = [];
  private readonly future: Draft[] = [];
  /** What was typed last; one undo takes it back as a whole. */
  private typing = "";
  private cards = new Map<number, StepCard>();

  private readonly name = h("input", { type: "text", autocomplete: "off", "data-field": "name" });
  private readonly steps = h("ol", { class: "steps" });
  private readonly empty = h("p", { class: "quiet" }, "Nothing has changed yet: choose what happens.");
  private readonly answer = h("div", { class: "editor-answer" });
  private readonly said = h("p", { role: "status" });
  private readonly file = h("div", { class: "editor-file" });
  private readonly undo = button({ "data-field": "undo" }, () => this.back(this.past, this.future), "Undo");
  private readonly redo = button({ "data-field": "redo" }, () => this.back(this.future, this.past), "Redo");
  private readonly actors = h("datalist", { id: ACTOR_NAMES });
  private readonly sources: ReadonlySet<string>;

  constructor(
    private readonly cases: Case,
    private readonly store: Store,
  ) {
    this.sources = new Set(cases.view.statements.flatMap((stmt) => [...stmt.source, chain(stmt)]));
    this.name.addEventListener("input", () => this.change({ ...this.draft, name: this.name.value }, "name"));
    const adding = KINDS.map((kind) => {
      const { title, hint } = KIND_WORDS[kind];
      return button({ class: "add", title: hint, "data-field": `add.${kind}` }, () => this.add(newStep(kind)), h("span", { "aria-hidden": "true" }, "+ "), title);
    });
    this.element = h(
      "section",
      { class: "editor", id: "scenario", "aria-labelledby": "scenario-title" },
      h("h2", { id: "scenario-title", tabindex: "-1" }, "What if? Write a scenario"),
      h("p", {}, "A scenario is a thought, not a forecast: say what happens, see which ties it changes, and let the program compute what would then be best."),
      h("div", { class: "editor-bar" }, labelled("Name", this.name, "wide"), ...this.beginning(), h("div", { class: "editor-tools" }, this.undo, this.redo)),
      h(
        "div",
        { class: "editor-grid" },
        h("div", { class: "editor-steps" }, h("h3", {}, "What happens"), this.empty, this.steps, h("div", { class: "adders", role: "group", "aria-label": "Add a step" }, ...adding)),
        h("div", { class: "editor-side" }, h("div", { class: "editor-card" }, h("h3", {}, "What it changes"), this.said, this.answer), h("div", { class: "editor-card" }, h("h3", {}, "The scenario as a file"), this.file)),
      ),
      this.actors,
      h("datalist", { id: SOURCE_NAMES }, ...[...this.sources].sort().slice(0, OFFERED).map((name) => h("option", { value: name }))),
    );
  }

  /** Another network or another split is shown. */
  update(state: State): void {
    const names = this.cases.network(state).actors.map((actor) => actor.name).sort();
    this.actors.replaceChildren(...names.slice(0, OFFERED).map((name) => h("option", { value: name })));
    this.draw();
  }

  /** Bring the editor into view. */
  open(): void {
    this.element.scrollIntoView({ block: "start" });
    this.element.querySelector<HTMLElement>("#scenario-title")?.focus({ preventScroll: true });
  }

  /** Begin a step about the tie of two: against what it is now. */
  ask(a: string, b: string): void {
    const tie = this.cases.tie(this.cases.network(this.store.state), a, b);
    this.element.scrollIntoView({ block: "start" });
    this.add(newStep((tie?.weight ?? 0) > 0 ? "incident" : "agreement", [a, b]), "weight");
  }

  /** The list of scenarios that the case keeps or that its texts suggest. */
  private beginning(): HTMLElement[] {
    const { scenarios } = this.cases.view;
    if (scenarios.length === 0) return [];
    const option = (origin: string): HTMLElement[] =>
      scenarios.flatMap((one, i) => (one.origin === origin ? [h("option", { value: i }, clipped(one.name, 70))] : []));
    const group = (label: string, options: HTMLElement[]): HTMLElement[] => (options.length > 0 ? [h("optgroup", { label }, ...options)] : []);
    const list = h(
      "select",
      { "data-field": "ready" },
      h("option", { value: "" }, "an empty scenario"),
      ...group("Kept in the case", option("kept")),
      ...group("Suggested by texts", option("offered")),
    );
    const load = button({ "data-field": "load" }, () => {
      const ready = list.value === "" ? undefined : scenarios[Number(list.value)];
      // What the note of a suggestion says, that it is one to be edited, is not so of what is made of it.
      this.change(ready === undefined ? EMPTY : { ...drafted(ready), note: ready.origin === "kept" ? ready.note : "" });
    }, "Load");
    return [labelled("Begin with", list, "ready"), load];
  }

  private add(step: Step, field = ""): void {
    this.change({ ...this.draft, steps: [...this.draft.steps, step] });
    const card = this.cards.get(step.key)?.element;
    (card?.querySelector<HTMLElement>(`[data-field="${step.key}.${field}"]`) ?? card?.querySelector("input"))?.focus();
  }

  /** Put a new draft in place of the old one, which undo brings back. */
  private change(draft: Draft, typing = ""): void {
    if (typing === "" || typing !== this.typing) this.past.push(this.draft);
    this.typing = typing;
    this.future.length = 0;
    this.draft = draft;
    this.draw(typing === "");
  }

  private back(from: Draft[], to: Draft[]): void {
    const draft = from.pop();
    if (draft === undefined) return;
    to.push(this.draft);
    this.draft = draft;
    this.typing = "";
    this.draw(true);
  }

  private draw(anew = false): void {
    const focused = document.activeElement?.getAttribute("data-field");
    if (anew) this.rebuild();
    const state = this.store.state;
    const network = this.cases.network(state);
    const split = this.cases.split(state);
    const known: Known = { actors: new Set(network.actors.map((actor) => actor.name)), sources: this.sources, label: network.label };
    const { asking } = this.cases.view;
    const effects = new Effects(network, this.cases.statements, asking.options.some((word) => word.startsWith("once=") && word !== "once=statement"), split);
    const found = problems(this.draft, known);
    const whole = sound(this.draft, known);
    for (const step of this.draft.steps) {
      const own = found.find((problem) => problem.key === step.key);
      const foot: Foot = own !== undefined
        ? { words: [own.words], problem: own.open ? "open" : "wrong" }
        : { words: effectWords(this.draft, whole, step.key, effects, split), problem: "none" };
      this.cards.get(step.key)?.show(this.draft, foot);
    }
    this.name.placeholder = proposed(this.draft);
    this.empty.hidden = this.draft.steps.length > 0;
    this.undo.disabled = this.past.length === 0;
    this.redo.disabled = this.future.length === 0;
    this.drawAnswer(state, effects, whole);
    this.drawFile(state, found);
    if (anew && focused && document.activeElement?.getAttribute("data-field") !== focused) this.refocus(focused);
  }

  private rebuild(): void {
    const unfolded = new Set([...this.cards].filter(([, card]) => card.unfolded).map(([key]) => key));
    const host = {
      edit: (key: number, part: Partial<Step>, field: string): void => this.change(changed(this.draft, key, part), field),
      move: (key: number, by: -1 | 1): void => this.change(moved(this.draft, key, by)),
      remove: (key: number): void => this.remove(key),
    };
    this.cards = new Map(this.draft.steps.map((step) => [step.key, new StepCard(step, host, unfolded.has(step.key))]));
    this.steps.replaceChildren(...[...this.cards.values()].map((card) => card.element));
    this.name.value = this.draft.name;
  }

  private remove(key: number): void {
    const place = this.draft.steps.findIndex((step) => step.key === key);
    this.change(without(this.draft, key));
    const next = this.draft.steps[Math.min(place, this.draft.steps.length - 1)];
    this.refocus(next === undefined ? "undo" : `${next.key}.drop`);
  }

  /** The keyboard stays where it was, or near it where that button can't be pressed any more. */
  private refocus(field: string): void {
    const find = (name: string): HTMLButtonElement | null => this.element.querySelector(`[data-field="${CSS.escape(name)}"]`);
    const near: Readonly<Record<string, string>> = { up: "down", down: "up", undo: "redo", redo: "undo" };
    const [key, part] = field.includes(".") ? field.split(".") : ["", field];
    const wanted = find(field);
    const target = wanted === null || !wanted.disabled ? wanted : find(`${key ? `${key}.` : ""}${near[part ?? ""] ?? ""}`);
    target?.focus();
  }

  /** Before and after for the coalitions shown. */
  private drawAnswer(state: State, effects: Effects, whole: Draft): void {
    const split = this.cases.split(state);
    const shown = `${this.cases.network(state).label}, ${question(state.k).toLowerCase()}`;
    const open = this.draft.steps.length - whole.steps.length;
    if (whole.steps.length === 0) {
      this.said.textContent = open === 0 ? "Nothing yet." : "Told as soon as the step is complete.";
      this.answer.replaceChildren();
      return;
    }
    const there = taken(whole);
    const steps = whole.steps.filter((step) => there.has(step.key));
    const [now, then] = [effects.after([]), effects.after(steps)];
    const ties = shifts(now, then);
    this.said.textContent = ties.length === 0 && !then.unclear ? "No tie changes." : then.unclear ? "Which ties change, the command below tells." : `${plural(ties.length, "tie")} ${ties.length === 1 ? "changes" : "change"}.`;
    const broken = steps.filter((step) => (step.kind === "admission" || step.kind === "exclusion") && !keeps(step, effects));
    this.answer.replaceChildren(
      ...(split === null ? [] : this.worth(effects.value(now), then.unclear ? null : effects.value(then))),
      ...broken.map((step) => h("p", { class: "notice" }, `The coalitions shown don't keep ${placeOf(this.draft, step)}, so they can't stay.`)),
      ...(then.unclear ? [] : this.tieTable(ties, effects, now, then)),
      h(
        "p",
        { class: "quiet" },
        split === null ? "No split is shown. " : `For the coalitions shown (${shown}; ${proof(split.answer)}); nobody moves here. `,
        open === 0 ? "" : `${plural(open, "step")} not counted yet. `,
        whole.steps.some((step) => step.chance.trim() !== "100") ? "Steps with a chance are taken to come about. " : "",
        "What would then be best is computed by ",
        h("code", {}, "allegiance whatif"),
        ".",
      ),
    );
  }

  private worth(now: number, then: number | null): HTMLElement[] {
    const [before, after] = [amount(now / 10), then === null ? "?" : amount(then / 10)];
    const difference = then === null || then === now ? "" : ` (${signed((then - now) / 10)})`;
    return [
      h(
        "dl",
        { class: "worth" },
        h("div", {}, h("dt", {}, "now"), h("dd", { "data-worth": "now" }, before)),
        h("div", { class: "arrow", "aria-hidden": "true" }, h("dt", {}, " "), h("dd", {}, "→")),
        h("div", {}, h("dt", {}, "then"), h("dd", { "data-worth": "then" }, after)),
      ),
      h("p", {}, `Weight of the ties that go against the coalitions shown${difference}.`),
    ];
  }

  private tieTable(ties: ReturnType<typeof shifts>, effects: Effects, now: World, then: World): HTMLElement[] {
    if (ties.length === 0) return [];
    const against = (world: World, a: string, b: string): boolean => {
      const tie = world.ties.get(pairKey(a, b));
      return tie !== undefined && effects.against(tie);
    };
    const rows = ties.slice(0, LISTED).map(({ a, b, before, after }) => {
      const [was, is] = [against(now, a, b), against(then, a, b)];
      const note = was && is ? "against the split, as now" : is ? "goes against the split" : was ? "no longer against the split" : "";
      const open = button({ class: "link" }, () => this.store.select({ kind: "tie", a, b }), `${clipped(a, 30)} – ${clipped(b, 30)}`);
      return h("tr", {}, h("th", { scope: "row" }, open, note ? h("div", { class: "quiet" }, note) : null), h("td", {}, weightWords(before)), h("td", {}, weightWords(after)));
    });
    return [
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": "Ties that change" },
        h("table", {}, h("caption", { class: "unseen" }, "Ties that change"), h("thead", {}, h("tr", {}, ...["Tie", "Now", "Then"].map((title) => h("th", { scope: "col" }, title)))), h("tbody", {}, ...rows)),
      ),
      ...(ties.length > LISTED ? [h("p", { class: "quiet" }, `and ${ties.length - LISTED} more`)] : []),
    ];
  }

  private drawFile(state: State, found: readonly Problem[]): void {
    const first = found[0];
    if (first !== undefined) {
      const step = this.draft.steps.find((one) => one.key === first.key);
      const where = step === undefined ? "" : `S${placeOf(this.draft, step).slice(1)}: `;
      this.file.replaceChildren(h("p", { class: first.open ? "quiet" : "notice", "data-problem": "" }, `${where}${first.words}`));
      return;
    }
    const text = toml(this.draft);
    const name = fileName(this.draft);
    const asked = commands(this.draft, this.cases.view.asking, state.source, state.k).join("\n");
    this.file.replaceChildren(
      ...copiable("Scenario as TOML", text, button({}, () => download(name, "application/toml;charset=utf-8", text), `Download ${name}`)),
      h("p", {}, "Save it beside the case, then ask:"),
      ...copiable("Command line", asked),
    );
  }
}

/** Text to be taken along, with a button that copies it. */
function copiable(title: string, text: string, ...further: HTMLElement[]): HTMLElement[] {
  const code = h("code", {}, text);
  const told = h("span", { class: "quiet", role: "status" });
  const copy = button({ "aria-label": `Copy: ${title}` }, () => {
    void copied(text, code).then((done) => {
      told.textContent = done ? "copied" : "selected: copy it with Ctrl C";
    });
  }, "Copy");
  return [h("pre", { tabindex: "0", role: "region", "aria-label": title }, code), h("p", { class: "editor-tools" }, copy, ...further, told)];
}
