/** The sign of a tie as a word with its colour and line. */

import { h } from "./element";
import { direction, sign } from "./words";

/** "with" or "against" in its colour, and always in words. */
export function signWord(weight: number): HTMLElement {
  return h("span", { class: `sign ${sign(weight)}` }, direction(weight));
}
