/** What lines, marks and shapes mean. */

import { h, s } from "./element";

export function legend(): HTMLElement {
  return h(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    item(sample("tie with"), "with (+)"),
    item(sample("tie against"), "against (−)"),
    item(sample("tie with contested"), "contested: sources differ"),
    item(cross(), "goes against the split"),
    h("li", {}, "thicker: more weight"),
    h("li", {}, "shape and outline: coalition"),
  );
}

function item(picture: SVGElement, words: string): HTMLElement {
  return h("li", {}, picture, words);
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

function cross(): SVGSVGElement {
  return s(
    "svg",
    { class: "sample", width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" },
    s("g", { class: "mark violated" }, s("circle", { r: 7.5 }), s("path", { d: "M-3,-3L3,3M-3,3L3,-3" })),
  );
}
