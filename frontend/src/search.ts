/** The search field: type a part of an actor's name, Enter opens the first that fits. */

import { h } from "./element";
import { clipped } from "./words";

const LISTED = 8;

export class Search {
  readonly element: HTMLElement;
  readonly field: HTMLInputElement;
  private readonly list: HTMLElement;
  private hits: string[] = [];
  private active = 0;

  constructor(
    private readonly names: () => readonly string[],
    private readonly chosen: (name: string) => void,
  ) {
    this.list = h("ul", { class: "hits", role: "listbox", id: "hits", "aria-label": "Actors found", hidden: true });
    this.field = h("input", {
      type: "search",
      id: "search",
      placeholder: "Find an actor  ( / )",
      "aria-label": "Find an actor",
      autocomplete: "off",
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": "hits",
    });
    this.element = h("div", { class: "search" }, this.field, this.list);
    this.field.addEventListener("input", () => this.find());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
  }

  private find(): void {
    const words = this.field.value.trim().toLocaleLowerCase();
    const fits = this.names().filter((name) => name.toLocaleLowerCase().includes(words));
    fits.sort((one, other) => one.toLocaleLowerCase().indexOf(words) - other.toLocaleLowerCase().indexOf(words));
    this.hits = words === "" ? [] : fits.slice(0, LISTED);
    this.active = 0;
    this.draw();
  }

  private draw(): void {
    this.list.hidden = this.hits.length === 0;
    this.field.setAttribute("aria-expanded", String(this.hits.length > 0));
    this.list.replaceChildren(
      ...this.hits.map((name, i) => {
        const row = h("li", { role: "option", id: `hit${i}`, "aria-selected": String(i === this.active) }, clipped(name));
        // Before the field loses focus, which would close the list under the pointer.
        row.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.take(name);
        });
        return row;
      }),
    );
    if (this.hits.length > 0) this.field.setAttribute("aria-activedescendant", `hit${this.active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && this.hits.length > 0) {
      event.preventDefault();
      this.active = (this.active + step + this.hits.length) % this.hits.length;
      this.draw();
    } else if (event.key === "Enter") {
      const name = this.hits[this.active];
      if (name !== undefined) this.take(name);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      this.field.blur();
    }
  }

  private take(name: string): void {
    this.close();
    this.chosen(name);
  }

  private close(): void {
    this.field.value = "";
    this.hits = [];
    this.draw();
  }
}
