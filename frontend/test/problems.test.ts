import assert from "node:assert/strict";
import { test } from "node:test";
import { problems, sound } from "../src/problems";
import { EMPTY, newStep, type Draft, type Step } from "../src/scenario";

const known = { actors: new Set(["Isquenia", "Korvath", "Veldania"]), sources: new Set(["The Daily"]), label: "All sources" };

function draft(...steps: Step[]): Draft {
  return { ...EMPTY, steps };
}

function words(...steps: Step[]): string[] {
  return problems(draft(...steps), known).map((one) => one.words);
}

test("a scenario without fault has no problem", () => {
  const admission = newStep("admission", ["Isquenia", "Korvath"]);
  assert.deepEqual(words(newStep("incident", ["Isquenia", "Korvath"]), admission, newStep("closure", ["Any port", "Other port"])), []);
});

test("what is missing is asked for, and what is wrong is said with what was probably meant", () => {
  assert.deepEqual(words(), ["Add a step to begin."]);
  assert.deepEqual(words(newStep("incident", ["Isquenia"])), ["Name the two actors."]);
  assert.deepEqual(words(newStep("omission", [""])), ["Name the actor that is left out."]);
  assert.deepEqual(words(newStep("admission", ["", "Korvath"])), ["Name who is admitted, and to whom."]);
  assert.match(words(newStep("omission", ["Korvat"]))[0]!, /has no actor “Korvat”; did you mean “Korvath”\?/);
  assert.match(words(newStep("omission", ["isq"]))[0]!, /did you mean “Isquenia”\?/);
  assert.match(words(newStep("omission", ["Xyz"]))[0]!, /has no actor “Xyz”\.$/);
  assert.match(words({ ...newStep("disbelief"), source: "Daily" })[0]!, /did you mean “The Daily”\?/);
  assert.match(words(newStep("incident", ["Korvath", "Korvath"]))[0]!, /both sides/);
  assert.match(words({ ...newStep("incident", ["Isquenia", "Korvath"]), weight: "0" })[0]!, /0\.1 or more/);
  assert.match(words({ ...newStep("incident", ["Isquenia", "Korvath"]), chance: "0" })[0]!, /above 0/);
});

test("steps that exclude each other are told, over a third actor and in an unlikely world, too", () => {
  const joined = [newStep("admission", ["Isquenia", "Korvath"]), newStep("admission", ["Veldania", "Korvath"])];
  assert.match(words(...joined, newStep("exclusion", ["Veldania", "Isquenia"]))[0]!, /an admission puts them together/);
  const gone = newStep("omission", ["Isquenia"]);
  assert.match(words(gone, newStep("incident", ["Isquenia", "Korvath"]))[0]!, /step 1 leaves that actor out/);
  const maybe = { ...newStep("agreement", ["Korvath", "Veldania"]), chance: "10" };
  assert.match(words(maybe, gone, { ...newStep("incident", ["Isquenia", "Korvath"]), unless: maybe.key })[0]!, /step 2 leaves/);
  assert.deepEqual(words({ ...gone, unless: maybe.key }, { ...maybe, chance: "100" }, newStep("incident", ["Isquenia", "Korvath"])), []);
});

test("what the sound steps do can be told beside a step with a problem", () => {
  const good = newStep("incident", ["Isquenia", "Korvath"]);
  const bad = newStep("omission", ["Nobody"]);
  assert.deepEqual(sound(draft(bad, { ...good, requires: bad.key }), known).steps, [good]);
  const one = newStep("omission", ["Veldania"]);
  const circular = { ...good, requires: one.key };
  assert.equal(sound(draft({ ...one, requires: good.key }, circular), known).steps.length, 1);
});
