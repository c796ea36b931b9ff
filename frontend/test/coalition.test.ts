import assert from "node:assert/strict";
import { test } from "node:test";
import { ALONE, splitOf, UNAFFILIATED } from "../src/coalition";
import type { Answer, Network, View } from "../src/view";

function answer(k: Answer["k"], coalitions: string[][], unaffiliated: string[] = []): Answer {
  const proof = { value: 0, lower_bound: 0, proved: true, gap: 0, method: "by hand", seconds: 0 };
  return { k, coalitions, unaffiliated, violated: [], firmness: {}, ...proof };
}

function network(source: string | null, names: string, ...answers: Answer[]): Network {
  const actors = [...names].map((name) => ({ name, kind: "state", x: 0, y: 0, positive: 0, negative: 0, ties: 0 }));
  return { source, label: source ?? "All", actors, ties: [], answers };
}

function view(...networks: Network[]): View {
  return { format: "allegiance-view/1", title: "", generated_by: "", note: "", acts: {}, asking: { case: "c.case", options: [] }, scenarios: [], documents: {}, statements: [], networks };
}

const all = network(null, "abcdef", answer(2, [["a", "b", "c"], ["d", "e", "f"]]), answer("any", [["e", "f"], ["a", "b"], ["c"], ["d"]]));

test("the same side keeps its letter from source to source, whatever the order of the answer", () => {
  const other = network("S", "abcdef", answer(2, [["d", "e"], ["a", "b", "c", "f"]]));
  const split = splitOf(view(all, other), other, "2");
  assert.equal(split?.of.get("a")?.letter, "A");
  assert.equal(split?.of.get("d")?.letter, "B");
});

test("the same side keeps its letter from question to question", () => {
  const split = splitOf(view(all), all, "any");
  assert.equal(split?.of.get("a")?.letter, "A");
  assert.equal(split?.of.get("e")?.letter, "B");
});

test("one actor alone is no coalition where as many are formed as fit, but is one of two", () => {
  const any = splitOf(view(all), all, "any");
  assert.deepEqual(any?.coalitions.at(-1), { name: ALONE, letter: "", command: "", members: ["c", "d"], look: -1 });
  const pair = network("S", "ab", answer(2, [["a"], ["b"]]));
  assert.deepEqual(splitOf(view(pair), pair, "2")?.coalitions.map((one) => one.letter), ["A", "B"]);
});

test("commands count the coalitions of each answer anew", () => {
  const split = splitOf(view(all), all, "any");
  assert.deepEqual(split?.coalitions.map((one) => [one.letter, one.command]), [["A", "C2"], ["B", "C1"], ["", ""]]);
});

test("actors without enough evidence stand apart", () => {
  const net = network(null, "abc", answer("any", [["a", "b", "c"]], ["c"]));
  const split = splitOf(view(net), net, "any");
  assert.equal(split?.of.get("c")?.name, UNAFFILIATED);
  assert.deepEqual(split?.coalitions.map((one) => one.members), [["a", "b"], ["c"]]);
});

test("a question that was not asked has no split", () => {
  assert.equal(splitOf(view(all), all, "3"), null);
});
