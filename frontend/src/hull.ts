/** The soft outline around the members of a coalition, as geometry only. */

export type Point = readonly [number, number];

export interface Hull {
  /** An SVG path to be drawn with a wide round stroke. */
  readonly path: string;
  /** Whether the path encloses an area that is filled. */
  readonly closed: boolean;
}

/**
 * A convex outline where only members lie inside it; else ribbons along the shortest tree between the members, so
 * that the outline never claims an actor of another coalition.
 */
export function hull(members: readonly Point[], others: readonly Point[], reach: number): Hull {
  const outline = convex(members);
  const intruded = others.some((point) => distanceTo(outline, point) < reach * 0.8);
  if (outline.length > 2 && !intruded) return { path: `M${outline.map(text).join("L")}Z`, closed: true };
  const tree = spanningTree(members);
  const dots = members.length === 1 && members[0] ? `M${text(members[0])}h0.01` : "";
  return { path: dots + tree.map(([from, to]) => `M${text(from)}L${text(to)}`).join(""), closed: false };
}

function text([x, y]: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

/** Andrew's monotone chain: corners of the convex hull in order. */
export function convex(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  if (sorted.length < 3) return sorted;
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length > 1 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(o: Point, a: Point, b: Point): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/** Distance from a convex outline; 0 inside. */
function distanceTo(outline: readonly Point[], point: Point): number {
  let inside = outline.length > 2;
  let nearest = Infinity;
  outline.forEach((from, i) => {
    const to = outline[(i + 1) % outline.length]!;
    if (turn(from, to, point) < 0) inside = false;
    nearest = Math.min(nearest, toSegment(from, to, point));
  });
  return inside ? 0 : nearest;
}

function toSegment(from: Point, to: Point, point: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length;
  const clamped = Math.min(1, Math.max(0, along));
  return Math.hypot(point[0] - from[0] - clamped * dx, point[1] - from[1] - clamped * dy);
}

/** Prim's algorithm on all pairs; coalitions are small enough for that. */
function spanningTree(points: readonly Point[]): [Point, Point][] {
  const edges: [Point, Point][] = [];
  const open = new Set(points.keys());
  const best = points.map(() => ({ distance: Infinity, from: 0 }));
  let current = 0;
  open.delete(0);
  while (open.size > 0) {
    let next = -1;
    for (const i of open) {
      const distance = Math.hypot(points[i]![0] - points[current]![0], points[i]![1] - points[current]![1]);
      if (distance < best[i]!.distance) best[i] = { distance, from: current };
      if (next < 0 || best[i]!.distance < best[next]!.distance) next = i;
    }
    edges.push([points[best[next]!.from]!, points[next]!]);
    open.delete(next);
    current = next;
  }
  return edges;
}
