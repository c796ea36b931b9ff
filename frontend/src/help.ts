/** The help that "?" opens. */

import { button, h } from "./element";

const KEYS: readonly (readonly [string, string])[] = [
  ["Tab", "go into the drawing, then on to what follows"],
  ["arrow keys", "in the drawing: on to the nearest actor in that direction"],
  ["Enter", "show what was said about the actor"],
  ["/", "find an actor by name"],
  ["+  −  0", "zoom in, zoom out, show all"],
  ["Esc", "close what is open, let go of what is selected"],
  ["?", "this help"],
];

export class Help {
  readonly element: HTMLDialogElement;

  constructor() {
    const close = button({ class: "close", "aria-label": "Close help" }, () => this.element.close(), "×");
    this.element = h(
      "dialog",
      { class: "help", "aria-labelledby": "help-title" },
      close,
      h("h2", { id: "help-title" }, "How to read this page"),
      h("p", {}, "Every tie adds up statements: some source says that one actor sides with another, or acts against it. Click a tie, an actor or a coalition to read the quoted words."),
      h("p", {}, "A coalition is a group that the ties allow to stand together. A tie with an actor outside, or a tie against one inside, goes against the split: the split shown has the least weight of such ties, proved or within the bounds given."),
      h("p", {}, "A tie is contested when some statements put the two together and others set them against each other. Choose a source to see the network that follows from its words alone."),
      h("p", {}, "“What if?” leads to an editor of scenarios: it tells which ties a step changes, and gives you the file and the command that compute the rest."),
      h("dl", { class: "keys" }, ...KEYS.flatMap(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)])),
      h("p", {}, "The wheel zooms with Ctrl held; drag to move. On a touch screen, use two fingers. The address of this page keeps source, question and selection."),
    );
  }

  open(): void {
    if (!this.element.open) this.element.showModal();
  }
}
