/** What a step does, in words, with the tie weights that it changes. */

import type { Split } from "./coalition";
import { shifts, tieless, type Effects, type World } from "./effects";
import { h } from "./element";
import { named, probability, taken, type Draft, type Step } from "./scenario";
import type { StepKind } from "./view";
import { clipped, direction, plural, sign, signed } from "./words";

type Words = readonly (Node | string)[];

export const KIND_WORDS: Readonly<Record<StepKind, { readonly title: string; readonly hint: string }>> = {
  incident: { title: "Incident", hint: "sets two actors against each other" },
  agreement: { title: "Agreement", hint: "brings two actors together" },
  admission: { title: "Admission", hint: "an actor has to stand with others" },
  exclusion: { title: "Exclusion", hint: "an actor may not stand with others" },
  disbelief: { title: "Source disbelieved", hint: "nothing that it says counts" },
  omission: { title: "Actor left out", hint: "none of its ties counts" },
  closure: { title: "Route closed", hint: "nothing flows there any more" },
};

/** A tie's weight in tenths in its colour and in words; null for no tie. */
export function weightWords(tenths: number | null): HTMLElement {
  if (tenths === null) return h("span", { class: "quiet" }, "no tie");
  return h("span", { class: `sign ${sign(tenths)}` }, tenths === 0 ? "in balance" : `${direction(tenths)} ${signed(tenths / 10)}`);
}

/** Say what a step of a draft does after those before it; `sound` is the draft without steps that have problems. */
export function effectWords(draft: Draft, sound: Draft, key: number, effects: Effects, split: Split | null): Words {
  const there = taken(sound);
  const place = sound.steps.findIndex((one) => one.key === key);
  const step = sound.steps[place];
  if (step === undefined) return [];
  if (!there.has(key)) return [notTaken(draft, there, step)];
  const earlier = sound.steps.slice(0, place).filter((one) => there.has(one.key));
  const before = effects.after(earlier);
  const chance = probability(step) ?? 1;
  const uncertain = chance < 1 ? [`With a chance of ${step.chance.trim()} %: `] : [];
  return [...uncertain, ...plainWords(step, before, effects.after([...earlier, step]), effects, split)];
}

function plainWords(step: Step, before: World, after: World, effects: Effects, split: Split | null): Words {
  const [first = "", second = "", ...more] = named(step).map((name) => clipped(name, 40));
  switch (step.kind) {
    case "incident":
    case "agreement":
      return tieWords(before, after, first, second);
    case "admission":
    case "exclusion": {
      const members = [second, ...more];
      const wish = step.kind === "admission" ? `has ${listed([first, ...members])} in one coalition` : `keeps ${first} apart from ${listed(members, "or")}`;
      return [`Asks for the best split that ${wish}. `, keeps(step, effects) ? "The coalitions shown do." : `The coalitions shown don't: ${whereabouts(named(step), split)}.`];
    }
    case "disbelief": {
      const said = `${plural(effects.said(step.source), "counted statement")} of ${clipped(step.source)} `;
      return after.unclear
        ? [said, "no longer count; how the ties then add up under these rules of counting, the command tells."]
        : [said, `no longer count; ${changes(before, after)}.`, ...stranded(tieless(before, after))];
    }
    case "omission": {
      const gone = before.ties.size - after.ties.size;
      const count = gone === 0 ? "No tie is left to go" : gone === 1 ? "Its one tie goes" : gone === 2 ? "Both its ties go" : `All its ${gone} ties go`;
      return [`${count}; ${first} then stands in no coalition.`, ...stranded(tieless(before, after).filter((name) => name !== named(step)[0]))];
    }
    case "closure":
      return [`${step.goods.trim() ? `No ${clipped(step.goods.trim(), 40)} passes` : "Nothing passes"} from ${first} to ${second} any more. Flows change; ties and coalitions stay.`];
  }
}

function tieWords(before: World, after: World, first: string, second: string): Words {
  const shift = shifts(before, after)[0];
  if (shift === undefined) return ["The tie stays what it is."];
  const [was, is] = [shift.before ?? 0, shift.after ?? 0];
  const turn =
    was > 0 && is < 0 ? ": they turn against each other." : was < 0 && is > 0 ? ": they come over to each other." : is === 0 ? ": nothing binds or parts them any more." : ".";
  return [`${first} and ${second}: `, weightWords(shift.before), " → ", weightWords(shift.after), turn];
}

function changes(before: World, after: World): string {
  const found = shifts(before, after);
  const gone = found.filter((one) => one.after === null).length;
  if (found.length === 0) return "no tie changes";
  return `${plural(found.length, "tie")} ${found.length === 1 ? "changes" : "change"}${gone > 0 ? `, ${gone === found.length ? "and nothing is left of " : "and nothing is left of "}${gone} of them` : ""}`;
}

function stranded(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [` ${listed(names.slice(0, 6).map((name) => clipped(name, 40)), names.length > 6 ? "," : "and")}${names.length > 6 ? ` and ${names.length - 6} more` : ""} ${names.length === 1 ? "has" : "have"} no other tie.`];
}

/** Whether the coalitions shown keep an admission or an exclusion. */
export function keeps(step: Step, effects: Effects): boolean {
  const [first = "", ...members] = named(step);
  return members.every((name) => effects.together(first, name) === (step.kind === "admission"));
}

function whereabouts(names: readonly string[], split: Split | null): string {
  const at = new Map<string, string[]>();
  for (const name of names) {
    const letter = split?.of.get(name)?.letter;
    const place = letter ? `in ${letter}` : "alone";
    at.set(place, [...(at.get(place) ?? []), clipped(name, 40)]);
  }
  return [...at].map(([place, there]) => `${listed(there)} ${there.length === 1 ? "stands" : "stand"} ${place}`).join(", ");
}

function notTaken(draft: Draft, there: ReadonlySet<number>, step: Step): string {
  const number = (key: number | null): number => draft.steps.findIndex((one) => one.key === key) + 1;
  return step.requires !== null && !there.has(step.requires)
    ? `Doesn't come about, because step ${number(step.requires)} doesn't.`
    : `Doesn't come about where step ${number(step.unless)} does.`;
}

function listed(names: readonly string[], word = "and"): string {
  if (names.length < 2) return names.join("");
  return word === "," ? names.join(", ") : `${names.slice(0, -1).join(", ")} ${word} ${names[names.length - 1]}`;
}
