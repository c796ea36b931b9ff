/** The part of the unit square that the actors of a view fill. */

import type { View } from "./view";

export interface Extent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** One frame for all networks of a view, so that an actor stays where it is from source to source. */
export function extentOf(view: View): Extent {
  const actors = view.networks.flatMap((net) => net.actors);
  return { x: range(actors.map((actor) => actor.x)), y: range(actors.map((actor) => actor.y)) };
}

function range(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    values[0] ?? 0,
    values[0] ?? 1,
  ]);
}
