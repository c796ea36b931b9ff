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
    const visible = overlap({ x: wish.x, y: wish.y, width: 1, height: 1 }, frame) > 0;
    let best: Box | null = null;
    let least = Infinity;
    DIRECTIONS.forEach(([dx, dy], rank) => {
      const box = within(frame, {
        x: wish.x + dx * (wish.offset + wish.width / 2) - wish.width / 2,
        y: wish.y + dy * (wish.offset + wish.height / 2) - wish.height / 2,
        width: wish.width,
        height: wish.height,
      });
      // What lies outside the frame altogether gets no label that would stand there as if for something inside.
      let cost = rank * 0.01 + (visible ? 0 : Infinity);
      for (const other of taken) cost += overlap(box, other);
      if (cost < least) [best, least] = [box, cost];
    });
    if (best === null || (!wish.must && least > 1)) return null;
    taken.push(best);
    return best;
  });
}

/** The box among `candidates` that covers least of what is taken; earlier ones win ties. */
export function freest(candidates: readonly Box[], taken: readonly Box[], frame: Box): Box | null {
  let [best, least]: [Box | null, number] = [null, Infinity];
  for (const candidate of candidates) {
    const box = within(frame, candidate);
    const cost = taken.reduce((sum, other) => sum + overlap(box, other), 0);
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The box moved into the frame. */
function within(frame: Box, box: Box): Box {
  return {
    ...box,
    x: Math.max(frame.x, Math.min(box.x, frame.x + frame.width - box.width)),
    y: Math.max(frame.y, Math.min(box.y, frame.y + frame.height - box.height)),
  };
}
