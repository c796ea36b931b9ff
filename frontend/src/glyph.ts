/** The small picture of a coalition's shape beside its name. */

import { shape, type Coalition } from "./coalition";
import { h, s } from "./element";

export function glyph(look: number): SVGSVGElement {
  return s(
    "svg",
    { class: `glyph look${look}`, viewBox: "-10 -10 20 20", width: 16, height: 16, "aria-hidden": "true" },
    s("path", { d: shape(look, 6.5) }),
  );
}

/** Shape and name of a coalition. */
export function tag(coalition: Coalition | undefined): HTMLElement {
  if (coalition === undefined) return h("span", { class: "tag" }, "not placed");
  const title = coalition.command === "" ? {} : { title: `Commands call it ${coalition.command}` };
  return h("span", { class: "tag", ...title }, glyph(coalition.look), coalition.name);
}
