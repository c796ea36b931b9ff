import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, Store, type State } from "../src/state";
import type { View } from "../src/view";

const answers = [{ k: 2 }, { k: "any" }];
const actors = [{ name: "a&b=c" }, { name: "Überland, Süd" }];
const view = {
  statements: [{ id: "s1" }],
  networks: [
    { source: null, actors, answers },
    { source: "The #1 = Daily", actors, answers },
  ],
} as unknown as View;

const states: State[] = [
  { source: null, k: "2", selection: { kind: "none" } },
  { source: "The #1 = Daily", k: "any", selection: { kind: "tie", a: "a&b=c", b: "Überland, Süd" } },
  { source: null, k: "any", selection: { kind: "actor", name: "a&b=c" } },
  { source: null, k: "any", selection: { kind: "statement", id: "s1" } },
  { source: null, k: "2", selection: { kind: "coalition", name: "Coalition A" } },
];

test("every state survives the address", () => {
  for (const state of states) assert.deepEqual(decode(`#${encode(state)}`, view), state);
});

test("what the view does not hold is left at its default", () => {
  assert.deepEqual(decode("#v=1&k=9&source=nobody&actor=nobody&statement=s9", view), states[0]);
  assert.deepEqual(decode("#v=2&k=any", view), states[0]);
  assert.deepEqual(decode("", view), states[0]);
});

test("listeners hear of changes and not of repetitions", () => {
  const store = new Store(states[0]!);
  const heard: string[] = [];
  store.subscribe((state) => heard.push(state.k));
  store.change({ k: "any" });
  store.change({ k: "any" });
  assert.deepEqual(heard, ["any"]);
});
