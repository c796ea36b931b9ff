/** Taking things along: the drawing as SVG or PNG, the ties as CSV. */

import type { Network } from "./view";

const KEPT = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "display",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "paint-order",
] as const;

/** The drawing as a file of its own: what the style sheet says is written into each element. */
export function svgText(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const [from, to] = [drawing.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i]!;
    if (style.display === "none" || element.classList.contains("hit")) {
      target.setAttribute("display", "none");
      return;
    }
    for (const name of KEPT) target.setAttribute(name, style.getPropertyValue(name));
    // The style sheet may set widths too; attributes already hold the others.
    target.setAttribute("stroke-width", style.getPropertyValue("stroke-width"));
    for (const name of ["tabindex", "role", "class"]) target.removeAttribute(name);
  });
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("style", `background:${getComputedStyle(document.body).backgroundColor}`);
  return new XMLSerializer().serializeToString(copy);
}

/** The ties as CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function tiesCsv(network: Network): string {
  const head = ["a", "b", "weight", "positive", "negative", "count", "contested", "sources"];
  const rows = network.ties.map((tie) => [
    cell(tie.a),
    cell(tie.b),
    String(tie.weight),
    String(tie.positive),
    String(tie.negative),
    String(tie.count),
    String(tie.contested),
    cell(tie.sources.join("; ")),
  ]);
  return [head, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(url);
}

/** Put text on the clipboard; where the browser refuses, select it as shown in `element` and return false. */
export async function copied(text: string, element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(element);
    return false;
  }
}

/** Draw the SVG at twice its size and offer it as a PNG. */
export async function downloadPng(name: string, drawing: SVGSVGElement): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}`;
  await image.decode();
  const { width, height } = drawing.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  const brush = canvas.getContext("2d");
  if (brush === null) throw new Error("This browser can't draw a PNG; take the SVG instead.");
  brush.fillStyle = getComputedStyle(document.body).backgroundColor;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, "image/png");
  });
  if (blob !== null) download(name, "image/png", blob);
}
