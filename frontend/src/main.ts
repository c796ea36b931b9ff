/** The entry of the bundle: a page that carries its view is shown at once; other hosts call `mount`. */

import { mount } from "./page";
import { parseView } from "./view";

export { mount, parseView };

const data = document.getElementById("allegiance-view");
const root = document.getElementById("allegiance");
if (data !== null && root !== null) {
  try {
    mount(root, parseView(data.textContent ?? ""));
    // Further answers of a report stand before the list of all statements, which can be very long.
    const answers = document.querySelector(".answers");
    if (answers !== null) document.getElementById("statements")?.before(answers);
  } catch (problem) {
    root.textContent = problem instanceof Error ? problem.message : String(problem);
    throw problem;
  }
}
