import assert from "node:assert/strict";
import { test } from "node:test";
import { Effects, shifts, tieless } from "../src/effects";
import { newStep } from "../src/scenario";
import type { Network, Statement, Tie } from "../src/view";

function said(id: string, source: string[], polarity: number, weight: number): Statement {
  return { id, source, polarity, weight, negated: false } as unknown as Statement;
}

const statements = new Map(
  [said("1", ["Daily"], 1, 30), said("2", ["Wire", "Minister"], -1, 10), said("3", ["Wire"], -1, 25)].map((stmt) => [stmt.id, stmt]),
);

function tie(a: string, b: string, positive: number, negative: number, ids: string[]): Tie {
  return { a, b, weight: positive - negative, positive, negative, count: ids.length, sources: [], contested: false, statements: ids };
}

const network = {
  ties: [tie("A", "B", 3, 1, ["1", "2"]), tie("B", "C", 0, 2.5, ["3"])],
  actors: [],
  answers: [],
} as unknown as Network;
const split = { answer: { coalitions: [["A", "B"], ["C"]] } } as never;
const effects = new Effects(network, statements, false, split);
const now = effects.after([]);

test("an incident and an agreement add up, and a pair without a tie gets one", () => {
  const then = effects.after([{ ...newStep("incident", ["B", "A"]), weight: "4" }, { ...newStep("agreement", ["A", "C"]), weight: "0.5" }]);
  assert.deepEqual(shifts(now, then).map(({ before, after }) => [before, after]), [[20, -20], [null, 5]]);
  assert.equal(effects.value(now), 0);
  assert.equal(effects.value(then), 25);
});

test("who is left out takes all ties along", () => {
  const then = effects.after([newStep("omission", ["B"])]);
  assert.equal(then.ties.size, 0);
  assert.deepEqual(tieless(now, then), ["A", "B", "C"]);
});

test("a silent source takes its statements along, an outlet as a speaker or the whole chain", () => {
  const without = (source: string): unknown[] => shifts(now, effects.after([{ ...newStep("disbelief"), source }])).map(({ before, after }) => [before, after]);
  assert.deepEqual(without("Wire"), [[-25, null], [20, 30]]);
  assert.deepEqual(without("Minister"), [[20, 30]]);
  assert.deepEqual(without("Wire > Minister"), [[20, 30]]);
  assert.equal(effects.said("Wire"), 2);
});

test("where statements don't simply add up, the page says that it can't tell", () => {
  const doubt = { ...newStep("disbelief"), source: "Wire" };
  assert.equal(effects.after([doubt]).unclear, false);
  assert.equal(new Effects(network, statements, true, split).after([doubt]).unclear, true);
  const copied = new Map([...statements, ["3", { ...said("3", ["Wire"], -1, 25), report_in: ["Post", "Wire"] }]]);
  assert.equal(new Effects(network, copied, false, split).after([doubt]).unclear, true);
  assert.equal(new Effects(network, copied, false, split).after([{ ...doubt, source: "Post" }]).unclear, false);
  const halved = { ...network, ties: [tie("A", "B", 3, 0.5, ["1", "2"])] };
  assert.equal(new Effects(halved, statements, false, split).after([doubt]).unclear, true);
  assert.equal(new Effects(halved, statements, false, split).after([{ ...doubt, source: "Nobody" }]).unclear, false);
});
