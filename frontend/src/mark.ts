/** The signs in a small circle that stand on ties and in the legend. */

import { s } from "./element";

const SIGNS = {
  /** "±" */
  contested: "M-3.2,-1.4h6.4M0,-4.6v6.4M-3.2,4.2h6.4",
  /** "×" */
  violated: "M-3,-3L3,3M-3,3L3,-3",
} as const;

export function mark(name: keyof typeof SIGNS): SVGGElement {
  return s("g", { class: `mark ${name}` }, s("circle", { r: 7.5 }), s("path", { d: SIGNS[name] }));
}
