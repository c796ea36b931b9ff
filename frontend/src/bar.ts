/** A share as a bar and in digits. */

import { h } from "./element";
import { percent } from "./words";

export function bar(share: number | undefined): HTMLElement {
  if (share === undefined) return h("span", { class: "quiet" }, "not computed");
  const filled = h("span", { class: "filled" });
  filled.style.width = `${Math.max(0, Math.min(100, 100 * share))}%`;
  return h("span", { class: "bar" }, h("span", { class: "track", "aria-hidden": "true" }, filled), percent(share));
}
