/** How wide a text is in a font; measured once for each. */

const known = new Map<string, number>();
let brush: CanvasRenderingContext2D | null = null;

export function textWidth(text: string, font: string): number {
  const key = `${font}\n${text}`;
  const width = known.get(key) ?? measured(text, font);
  known.set(key, width);
  return width;
}

function measured(text: string, font: string): number {
  brush ??= document.createElement("canvas").getContext("2d");
  if (brush === null) return text.length * 7.5;
  brush.font = font;
  return brush.measureText(text).width;
}
