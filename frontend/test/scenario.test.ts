import assert from "node:assert/strict";
import { test } from "node:test";
import { circle, drafted, EMPTY, moved, newStep, probability, taken, tenths, without, type Draft, type Step } from "../src/scenario";
import { commands, fileName, toml } from "../src/scenariofile";

const ready = {
  origin: "kept",
  name: "convoy",
  note: "",
  steps: [
    { kind: "incident", actors: ["A", "B"], weight: -1.5, label: "c" },
    { kind: "agreement", actors: ["A", "D"], weight: 4, requires: "c", probability: 0.6 },
    { kind: "exclusion", actors: ["A", "B", "D"], unless: "c" },
  ],
} as const;

function draft(...steps: Step[]): Draft {
  return { ...EMPTY, steps };
}

test("a stored scenario becomes a draft and the same file again", () => {
  assert.equal(
    toml(drafted(ready)),
    `[[scenario]]
name = "convoy"

[[scenario.step]]
kind = "incident"
between = ["A", "B"]
weight = -1.5
label = "c"

[[scenario.step]]
kind = "agreement"
between = ["A", "D"]
weight = 4
if = "c"
probability = 0.6

[[scenario.step]]
kind = "exclusion"
actor = "A"
from = ["B", "D"]
unless = "c"
`,
  );
});

test("who comes about follows conditions and chance", () => {
  const one = drafted(ready);
  const [a, b, c] = one.steps.map((step) => step.key) as [number, number, number];
  assert.deepEqual([...taken(one)], [a, b]);
  assert.deepEqual([...taken(one, new Set([a]))], [c]);
});

test("conditions go with the step that they name, and follow it to another place", () => {
  const one = drafted(ready);
  const first = one.steps[0]!.key;
  assert.deepEqual(without(one, first).steps.map((step) => [step.requires, step.unless]), [[null, null], [null, null]]);
  assert.equal(moved(one, first, 1).steps[0]?.requires, first);
  assert.equal(moved(one, first, -1), one);
});

test("a label is made where a condition needs one, unlike all others", () => {
  const [old, needed] = [{ ...newStep("incident", ["A", "B"]), label: "incident" }, newStep("incident", ["A", "C"])];
  const text = toml(draft(old, needed, { ...newStep("omission", ["D"]), requires: needed.key }));
  assert.match(text, /label = "incident 2"/);
  assert.match(text, /if = "incident 2"/);
});

test("circles of conditions are found, and only those", () => {
  const [a, b] = [newStep("omission", ["A"]), newStep("omission", ["B"])];
  assert.equal(circle(draft(a, { ...b, requires: a.key })), null);
  assert.equal(circle(draft({ ...a, unless: b.key }, { ...b, requires: a.key }))?.length, 2);
});

test("weights and chances are numbers that the program takes, however they are typed", () => {
  const weight = (typed: string, kind: "incident" | "agreement" = "incident"): number | null => tenths({ ...newStep(kind), weight: typed });
  assert.deepEqual(["12", " 1,5 ", "-3", "−3", "+3"].map((typed) => weight(typed)), [-120, -15, -30, -30, -30]);
  assert.equal(weight("3", "agreement"), 30);
  assert.deepEqual(["", "x", "0", "0.04", "1e3", "99999999999999", "Infinity"].map((typed) => weight(typed)), Array(7).fill(null));
  const chance = (typed: string): number | null => probability({ ...newStep("incident"), chance: typed });
  assert.deepEqual(["60", "33.3", "100", "0", "101", ""].map(chance), [0.6, 0.333, 1, null, null, null]);
});

test("names of files are plain, and command lines can be pasted into a shell", () => {
  const one = { ...drafted(ready), name: "Wer, wenn nicht Ägypten?" };
  assert.equal(fileName(one), "wer-wenn-nicht-agypten.toml");
  assert.equal(fileName({ ...EMPTY, name: "???" }), "scenario.toml");
  const asking = { case: "my case's.case", options: ["--count", "negated=-50"] };
  assert.deepEqual(commands(one, asking, "The Daily", "2"), [
    "allegiance whatif 'my case'\\''s.case' wer-wenn-nicht-agypten.toml --k 2 --source 'The Daily' --count negated=-50",
  ]);
  const closing = draft(newStep("closure", ["A", "B"]));
  assert.deepEqual(commands(closing, { case: "-c", options: [] }, null, "any"), ["allegiance flows ./-c --scenario no-way-from-a-to-b.toml"]);
});
