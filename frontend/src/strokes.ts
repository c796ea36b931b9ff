/** The strokes of which a tie is made: how sign, weight and contest look. */

import { s } from "./element";
import { mark } from "./mark";
import type { Tie } from "./view";

/** The lines of one tie: dashed when against, double when contested, with a wide invisible one to be hit easily. */
export function tieLines(tie: Tie, width: number, easy: boolean): SVGLineElement[] {
  const line = (name: string, thick: number, dash: string | null = null): SVGLineElement =>
    s("line", { class: name, "stroke-width": thick.toFixed(2), "stroke-dasharray": dash });
  const dash = tie.weight < 0 ? `${(width + 3).toFixed(1)} ${(width * 0.6 + 3).toFixed(1)}` : null;
  const lines = [line("line", tie.contested ? width + 2.2 : width, dash)];
  // A double line is a wide one with its middle taken out again.
  if (tie.contested) lines.push(line("core", width * 0.4 + 0.4));
  if (easy) lines.push(line("hit", Math.max(13, width)));
  return lines;
}

/** The marks at the middle of a tie: "±" contested, "×" against the split. */
export function tieMarks(contested: boolean, violated: boolean): SVGGElement[] {
  const marks: SVGGElement[] = [];
  if (contested) marks.push(mark("contested"));
  if (violated) marks.push(mark("violated"));
  return marks;
}
