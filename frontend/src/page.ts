/** The page: puts the parts together and tells them when the state changes. */

import { Case } from "./case";
import { Choices } from "./choices";
import { Comparison } from "./comparison";
import { Drawing } from "./drawing";
import { Editor } from "./editor";
import { button, h } from "./element";
import { EvidencePanel } from "./evidence";
import { download, downloadPng, svgText, tiesCsv } from "./exporting";
import { extentOf } from "./extent";
import { Help } from "./help";
import { listen } from "./keys";
import { legend } from "./legend";
import { Search } from "./search";
import { decode, encode, Store, type State } from "./state";
import { Summary } from "./summary";
import { Tables } from "./tables";
import type { View } from "./view";
import { clipped, plural } from "./words";

/** Show `view` inside `root` and keep the address in step with what is shown. */
export function mount(root: HTMLElement, view: View): void {
  const cases = new Case(view);
  const extent = extentOf(view);
  const store = new Store(decode(location.hash, view));
  const hint = h("div", { class: "hint", role: "tooltip", hidden: true });
  const drawing = new Drawing({
    small: false,
    extent,
    select: (selection) => store.select(selection),
    hint: (words, x, y) => point(hint, words, x, y),
  });
  const search = new Search(
    () => cases.network(store.state).actors.map((actor) => actor.name),
    (name) => {
      store.select({ kind: "actor", name });
      drawing.focus(name);
    },
  );
  const help = new Help();
  const choices = new Choices(cases, store);
  const summary = new Summary(cases, store);
  const editor = new Editor(cases, store);
  const evidence = new EvidencePanel(cases, store, (a, b) => {
    store.select({ kind: "none" });
    editor.ask(a, b);
  });
  const comparison = new Comparison(cases, store, extent);
  const tables = new Tables(cases, store);

  root.replaceChildren(
    header(view, search, help, editor),
    choices.element,
    h(
      "main",
      {},
      h(
        "div",
        { class: "stage" },
        h("figure", { class: "picture" }, drawing.element, zoomButtons(drawing), h("figcaption", {}, legend(), exports(cases, store, drawing))),
        h("div", { class: "side" }, evidence.element, summary.element),
      ),
      comparison.element,
      editor.element,
      tables.element,
    ),
    h("footer", {}, h("p", {}, `Made by ${view.generated_by}. This file holds all that it shows and asks no network.`)),
    help.element,
    hint,
  );

  const draw = (state: State, before: State | null): void => {
    choices.update(state);
    if (before === null || before.source !== state.source || before.k !== state.k) {
      drawing.show({ network: cases.network(state), split: cases.split(state) });
      summary.update(state);
      comparison.update(state);
      editor.update(state);
    }
    drawing.mark(state.selection);
    evidence.update(state);
    tables.update(state);
  };
  store.subscribe((state, before) => {
    draw(state, before);
    history.replaceState(null, "", `#${encode(state)}`);
    if (state.selection.kind !== "none" && state.selection !== before.selection) reveal(evidence.element, drawing.element);
  });
  window.addEventListener("hashchange", () => store.change(decode(location.hash, view)));
  listen(store, drawing, search, help);
  draw(store.state, null);
}

function header(view: View, search: Search, help: Help, editor: Editor): HTMLElement {
  const { statements, documents, networks } = view;
  const sources = networks.filter((net) => net.source !== null).length;
  const counts = [
    plural(networks[0]?.actors.length ?? 0, "actor"),
    plural(statements.length, "statement"),
    plural(Object.keys(documents).length, "document"),
    plural(sources, "source"),
  ].join(", ");
  return h(
    "header",
    {},
    h("div", { class: "heading" }, h("h1", {}, clipped(view.title, 120)), h("p", {}, view.note), h("p", { class: "quiet" }, counts)),
    h("div", { class: "tools" }, search.element, button({}, () => editor.open(), "What if?"), button({ "aria-label": "Help (?)", title: "Help (?)" }, () => help.open(), "?")),
  );
}

function zoomButtons(drawing: Drawing): HTMLElement {
  const zoom = (factor: number) => (): void => {
    drawing.camera.zoomBy(factor, drawing.size.width / 2, drawing.size.height / 2);
  };
  return h(
    "div",
    { class: "zoom", role: "group", "aria-label": "Zoom" },
    button({ "aria-label": "Zoom in", title: "Zoom in (+)" }, zoom(1.4), "+"),
    button({ "aria-label": "Zoom out", title: "Zoom out (−)" }, zoom(1 / 1.4), "−"),
    button({ "aria-label": "Show all", title: "Show all (0)" }, () => drawing.camera.reset(), "⤢"),
  );
}

function exports(cases: Case, store: Store, drawing: Drawing): HTMLElement {
  const name = (): string => cases.network(store.state).label.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "network";
  return h(
    "p",
    { class: "exports" },
    "Take along: ",
    button({}, () => download(`${name()}.svg`, "image/svg+xml", svgText(drawing.element)), "SVG"),
    button({}, () => void downloadPng(`${name()}.png`, drawing.element), "PNG"),
    button({}, () => download(`${name()}-ties.csv`, "text/csv;charset=utf-8", tiesCsv(cases.network(store.state))), "CSV of ties"),
  );
}

/** Show the words near the pointer, inside the window. */
function point(hint: HTMLElement, words: string | null, x: number, y: number): void {
  hint.hidden = words === null;
  if (words === null) return;
  hint.textContent = words;
  const { width, height } = hint.getBoundingClientRect();
  hint.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 4))}px`;
  hint.style.top = `${y + 18 + height > innerHeight ? y - height - 10 : y + 18}px`;
}

/** On a narrow screen the evidence covers the lower half: bring the drawing into the upper one. */
function reveal(evidence: HTMLElement, picture: Element): void {
  if (getComputedStyle(evidence).position === "fixed") picture.scrollIntoView({ block: "start" });
  else if (evidence.getBoundingClientRect().bottom <= 80) evidence.scrollIntoView({ block: "nearest" });
}
