/** Where names may stand in the drawing without covering one another, as geometry only. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Wish {
  /** Middle of what is labelled. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Free space kept from (x, y) to the label. */
  readonly offset: number;
  /** Shown even where it must overlap something. */
  readonly must: boolean;
}

/** Directions in order of preference: below, above, right, left, then the corners. */
const DIRECTIONS: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [0.8, 0.8],
  [-0.8, 0.8],
  [0.8, -0.8],
  [-0.8, -0.8],
];

/**
 * Place labels greedily in the given order (the most important first).
 * Returns for each wish its box, or null where there is no room.
 */
export function place(wishes: readonly Wish[], obstacles: readonly Box[], frame: Box): (Box | null)[] {
  const taken: Box[] = [...obstacles];
  return wishes.map((wish) => {
    let best: Box | null = null;
    let least = Infinity;
    DIRECTIONS.forEach(([dx, dy], rank) => {
      const box = {
        x: wish.x + dx * (wish.offset + wish.width / 2) - wish.width / 2,
        y: wish.y + dy * (wish.offset + wish.height / 2) - wish.height / 2,
        width: wish.width,
        height: wish.height,
      };
      let cost = rank * 0.01 + outside(box, frame) * 4;
      for (const other of taken) cost += overlap(box, other);
      if (cost < least) [best, least] = [box, cost];
    });
    if (best === null || (!wish.must && least > 1)) return null;
    taken.push(best);
    return best;
  });
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function outside(box: Box, frame: Box): number {
  return box.width * box.height - overlap(box, frame);
}
