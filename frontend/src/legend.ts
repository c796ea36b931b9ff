/** What lines, marks and shapes mean. */

import { h, s } from "./element";
import { mark } from "./mark";

export function legend(): HTMLElement {
  return h(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    item(sample("tie with"), "with (+)"),
    item(sample("tie against"), "against (−)"),
    item(sample("tie with contested"), sign("contested"), "contested: said both ways"),
    item(sign("violated"), "goes against the split"),
    h("li", {}, "thicker: more weight"),
    h("li", {}, "shape and outline: coalition"),
  );
}

function item(...parts: (SVGElement | string)[]): HTMLElement {
  return h("li", {}, ...parts);
}

function sample(name: string): SVGSVGElement {
  const at = { x1: 2, y1: 8, x2: 38, y2: 8 };
  const contested = name.includes("contested");
  const dash = name.includes("against") ? { "stroke-dasharray": "6 4" } : {};
  return s(
    "svg",
    { class: "sample", width: 40, height: 16, "aria-hidden": "true" },
    s(
      "g",
      { class: name },
      s("line", { class: "line", ...at, ...dash, "stroke-width": contested ? 6 : 3 }),
      contested ? s("line", { class: "core", ...at, "stroke-width": 2 }) : null,
    ),
  );
}

function sign(name: "contested" | "violated"): SVGSVGElement {
  return s("svg", { class: "sample", width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" }, mark(name));
}
