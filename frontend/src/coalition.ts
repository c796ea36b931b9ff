/** Coalitions as the reader meets them: a letter, a shape and a colour that stay the same from source to source. */

import type { Answer, Network, View } from "./view";

export interface Coalition {
  /** "Coalition A", "Standing alone" or "Unaffiliated". */
  readonly name: string;
  /** "A", or "" for actors outside any coalition. */
  readonly letter: string;
  readonly members: readonly string[];
  /** "C1": what commands and their answers call it, by its place in this one answer; "" for those outside. */
  readonly command: string;
  /** 0, 1, ... picks shape and colour; -1 for those outside. */
  readonly look: number;
}

export interface Split {
  readonly answer: Answer;
  readonly coalitions: readonly Coalition[];
  readonly of: ReadonlyMap<string, Coalition>;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const LOOKS = 8;

export const ALONE = "Standing alone";
export const UNAFFILIATED = "Unaffiliated";

/** The answer of `network` for `k`, its coalitions named. */
export function splitOf(view: View, network: Network, k: string): Split | null {
  const answer = network.answers.find((one) => String(one.k) === k);
  if (answer === undefined) return null;
  const groups = groupsOf(answer);
  const places = placesOf(view, network, answer);
  const coalitions: Coalition[] = groups.map((members, index) => {
    const place = places[index] ?? index;
    const letter = LETTERS[place] ?? String(place + 1);
    const command = `C${answer.coalitions.findIndex((one) => one.includes(members[0]!)) + 1}`;
    return { name: `Coalition ${letter}`, letter, command, members, look: place % LOOKS };
  });
  coalitions.sort((one, other) => one.letter.length - other.letter.length || (one.letter < other.letter ? -1 : 1));
  const placed = new Set([...groups.flat(), ...answer.unaffiliated]);
  const alone = network.actors.map((actor) => actor.name).filter((name) => !placed.has(name));
  if (alone.length > 0) coalitions.push({ name: ALONE, letter: "", command: "", members: alone, look: -1 });
  if (answer.unaffiliated.length > 0) {
    coalitions.push({ name: UNAFFILIATED, letter: "", command: "", members: answer.unaffiliated, look: -1 });
  }
  const of = new Map(coalitions.flatMap((one) => one.members.map((name) => [name, one] as const)));
  return { answer, coalitions, of };
}

/**
 * The groups that get a letter: without actors who are nowhere for want of evidence; and where as many coalitions are
 * formed as fit, one actor alone is none.
 */
function groupsOf(answer: Answer): readonly (readonly string[])[] {
  const nowhere = new Set(answer.unaffiliated);
  return answer.coalitions
    .map((members) => members.filter((name) => !nowhere.has(name)))
    .filter((members) => members.length > (answer.k === "any" ? 1 : 0));
}

/**
 * Which letter each group gets. The first answer of the first network counts A, B, ...; its other answers take the
 * letters over from that one, and other networks from the first network's answer to the same question.
 */
function placesOf(view: View, network: Network, answer: Answer): number[] {
  const all = view.networks[0];
  const base = all?.answers[0];
  const groups = groupsOf(answer);
  if (all === undefined || base === undefined || answer === base) return groups.map((_, i) => i);
  const reference = (network === all ? undefined : all.answers.find((one) => one.k === answer.k)) ?? base;
  return aligned(groups, groupsOf(reference), placesOf(view, all, reference));
}

/** For each group the place of the reference group it shares most members with; new groups get new places. */
function aligned(
  groups: readonly (readonly string[])[],
  reference: readonly (readonly string[])[],
  referencePlaces: readonly number[],
): number[] {
  const pairs: { group: number; place: number; shared: number }[] = [];
  groups.forEach((members, group) => {
    const set = new Set(members);
    reference.forEach((others, i) => {
      const place = referencePlaces[i] ?? i;
      const shared = others.filter((name) => set.has(name)).length;
      if (shared > 0) pairs.push({ group, place, shared });
    });
  });
  pairs.sort((one, other) => other.shared - one.shared || one.group - other.group || one.place - other.place);
  const places = new Map<number, number>();
  const taken = new Set<number>();
  for (const { group, place } of pairs) {
    if (places.has(group) || taken.has(place)) continue;
    places.set(group, place);
    taken.add(place);
  }
  let fresh = 0;
  return groups.map((_, group) => {
    const known = places.get(group);
    if (known !== undefined) return known;
    while (taken.has(fresh)) fresh += 1;
    taken.add(fresh);
    return fresh;
  });
}

/** The outline of the shape that members of a coalition have, as an SVG path around (0, 0) with radius r. */
export function shape(look: number, r: number): string {
  switch (look) {
    case 0:
      return disc(r);
    case 1:
      return polygon(4, r * 1.18, Math.PI / 4);
    case 2:
      return polygon(3, r * 1.35, -Math.PI / 2);
    case 3:
      return polygon(4, r * 1.3, 0);
    case 4:
      return polygon(6, r * 1.12, 0);
    case 5:
      return star(5, r * 1.35);
    case 6:
      return polygon(5, r * 1.18, -Math.PI / 2);
    case 7:
      return star(4, r * 1.4);
    default:
      return disc(r * 0.72);
  }
}

function disc(r: number): string {
  return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
}

function polygon(corners: number, r: number, turn: number): string {
  return closed(Array.from({ length: corners }, (_, i) => at(r, turn + (2 * Math.PI * i) / corners)));
}

function star(points: number, r: number): string {
  return closed(
    Array.from({ length: 2 * points }, (_, i) => at(i % 2 ? r * 0.5 : r, -Math.PI / 2 + (Math.PI * i) / points)),
  );
}

function at(r: number, angle: number): string {
  return `${(r * Math.cos(angle)).toFixed(2)},${(r * Math.sin(angle)).toFixed(2)}`;
}

function closed(points: readonly string[]): string {
  return `M${points.join("L")}Z`;
}
