/** Zooming and panning: which part of the drawing is on the screen, and the gestures that change it. */

import type { Point } from "./hull";

export interface Frame {
  readonly width: number;
  readonly height: number;
}

const NEAREST = 12;
const FARTHEST = 0.6;
/** A pointer that moved less than so many pixels was meant to click. */
const CLICK = 4;

export class Camera {
  private zoom = 1;
  private x = 0;
  private y = 0;

  constructor(private readonly changed: () => void) {}

  /** From drawing coordinates to the screen. */
  project([x, y]: Point): Point {
    return [x * this.zoom + this.x, y * this.zoom + this.y];
  }

  get scale(): number {
    return this.zoom;
  }

  reset(): void {
    [this.zoom, this.x, this.y] = [1, 0, 0];
    this.changed();
  }

  /** Zoom by `factor`, keeping the screen point (x, y) where it is. */
  zoomBy(factor: number, x: number, y: number): void {
    const zoom = Math.min(NEAREST, Math.max(FARTHEST, this.zoom * factor));
    const change = zoom / this.zoom;
    this.x = x - (x - this.x) * change;
    this.y = y - (y - this.y) * change;
    this.zoom = zoom;
    this.changed();
  }

  panBy(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.changed();
  }

  /** Bring a drawing point into the middle when it is outside the frame. */
  reveal(point: Point, frame: Frame): void {
    const [x, y] = this.project(point);
    const margin = 24;
    if (x > margin && y > margin && x < frame.width - margin && y < frame.height - margin) return;
    this.panBy(frame.width / 2 - x, frame.height / 2 - y);
  }

  /** Listen to wheel (with Ctrl, or when already zoomed in), drag and pinch on `element`. */
  attach(element: SVGSVGElement): void {
    const fingers = new Map<number, Point>();
    let dragged = 0;
    const local = (event: MouseEvent): Point => {
      const box = element.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    element.addEventListener(
      "wheel",
      (event) => {
        // A plain wheel scrolls the page past the drawing; taking it away would trap the reader there.
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        this.zoomBy(Math.exp(-event.deltaY * 0.005), ...local(event));
      },
      { passive: false },
    );
    element.addEventListener("dblclick", (event) => {
      event.preventDefault();
      this.zoomBy(1.7, ...local(event));
    });
    element.addEventListener("pointerdown", (event) => {
      // One finger scrolls the page, two move the drawing; a mouse drags it.
      fingers.set(event.pointerId, local(event));
      dragged = 0;
    });
    // Letting go after a drag is no click on what happens to lie there.
    element.addEventListener(
      "click",
      (event) => {
        if (dragged > CLICK) event.stopPropagation();
        dragged = 0;
      },
      { capture: true },
    );
    element.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (before === undefined) return;
      const now = local(event);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      fingers.set(event.pointerId, now);
      if (other !== undefined) {
        const spread = Math.hypot(now[0] - other[0], now[1] - other[1]);
        const past = Math.hypot(before[0] - other[0], before[1] - other[1]);
        this.zoomBy(spread / Math.max(past, 1), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
      } else if (event.pointerType === "mouse" && event.buttons & 1) {
        dragged += Math.hypot(now[0] - before[0], now[1] - before[1]);
        this.panBy(now[0] - before[0], now[1] - before[1]);
      }
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"] as const) {
      element.addEventListener(end, (event) => fingers.delete(event.pointerId));
    }
  }
}
