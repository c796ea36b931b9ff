/** The keyboard: arrows between actors, "/" search, "?" help, Esc lets go. */

import type { Drawing } from "./drawing";
import type { Help } from "./help";
import type { Search } from "./search";
import type { Store } from "./state";

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function listen(store: Store, drawing: Drawing, search: Search, help: Help): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element | null;
    const writing = target instanceof HTMLInputElement && target.type !== "checkbox" && target.type !== "radio";
    if (event.ctrlKey || event.metaKey || event.altKey || writing || help.element.open) return;
    const inDrawing = target !== null && drawing.element.contains(target);
    if (event.key === "/") {
      event.preventDefault();
      search.field.focus();
    } else if (event.key === "?") {
      help.open();
    } else if (event.key === "Escape") {
      store.select({ kind: "none" });
    } else if (inDrawing) {
      inside(event, target, drawing);
    }
  });
}

function inside(event: KeyboardEvent, target: Element, drawing: Drawing): void {
  const { width, height } = drawing.size;
  const arrow = ARROWS[event.key];
  const name = target.closest("[data-actor]")?.getAttribute("data-actor");
  if (arrow !== undefined && name !== null && name !== undefined) {
    event.preventDefault();
    const next = drawing.neighbour(name, ...arrow);
    if (next !== null) drawing.focus(next);
  } else if (event.key === "+" || event.key === "=") {
    drawing.camera.zoomBy(1.3, width / 2, height / 2);
  } else if (event.key === "-") {
    drawing.camera.zoomBy(1 / 1.3, width / 2, height / 2);
  } else if (event.key === "0") {
    drawing.camera.reset();
  }
}
