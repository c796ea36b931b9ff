/** A coalition's hull as elements, and where its title may stand. */

import { s } from "./element";
import type { Point } from "./hull";
import type { Box } from "./labels";

/** Where a hull's title may stand: above, below, left or right of its members. */
export function titleBoxes(members: readonly Point[], reach: number, width: number): Box[] {
  const extreme = (axis: 0 | 1, sign: 1 | -1): Point =>
    members.reduce((best, point) => (point[axis] * sign > best[axis] * sign ? point : best));
  const height = 17;
  const [top, bottom, left, right] = [extreme(1, -1), extreme(1, 1), extreme(0, -1), extreme(0, 1)];
  return [
    { x: top[0] - width / 2, y: top[1] - reach - height - 3, width, height },
    { x: bottom[0] - width / 2, y: bottom[1] + reach + 3, width, height },
    { x: left[0] - reach - width - 4, y: left[1] - height / 2, width, height },
    { x: right[0] + reach + 4, y: right[1] - height / 2, width, height },
  ];
}

let masks = 0;

/** A hull's tinted area and its edge; the mask leaves of a wide stroke only the rim, so that hulls may overlap. */
export function outlined(path: string, closed: boolean, reach: number, look: string): SVGElement {
  masks += 1;
  const id = `rim${masks}`;
  const inside = { d: path, "stroke-width": 2 * reach };
  return s(
    "g",
    { class: `hull ${look}` },
    s(
      "mask",
      { id, maskUnits: "userSpaceOnUse", x: -1e5, y: -1e5, width: 2e5, height: 2e5 },
      s("rect", { x: -1e5, y: -1e5, width: 2e5, height: 2e5, fill: "#fff" }),
      s("path", { ...inside, class: closed ? "hole closed" : "hole" }),
    ),
    s("path", { ...inside, class: closed ? "area closed" : "area" }),
    s("path", { class: "edge", d: path, "stroke-width": 2 * reach + 3, mask: `url(#${id})` }),
  );
}
