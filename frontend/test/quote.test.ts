import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "../src/quote";
import type { Statement } from "../src/view";

function marked(quote: string, actor: string, target: string): string {
  const stmt = { evidence: { quote }, actor_text: actor, target_text: target } as Partial<Statement> as Statement;
  return pieces(stmt)
    .map(({ text, role }) => (role === "none" ? text : `[${role}:${text}]`))
    .join("");
}

test("actor and target are marked where they stand", () => {
  assert.equal(marked("Sund attacks Quell.", "Sund", "Quell"), "[actor:Sund] attacks [target:Quell].");
  assert.equal(marked("Quell was attacked by Sund.", "Sund", "Quell"), "[target:Quell] was attacked by [actor:Sund].");
});

test("whole words are preferred to parts of words", () => {
  assert.equal(marked("Iranian guns for Iran from Sund", "Sund", "Iran"), "Iranian guns for [target:Iran] from [actor:Sund]");
});

test("marks never overlap, and what is not in the quote is not marked", () => {
  assert.equal(marked("Sund backs Sund", "Sund", "Sund"), "[actor:Sund] backs [target:Sund]");
  assert.equal(marked("Sund backs it", "Sund", "Sund"), "[actor:Sund] backs it");
  assert.equal(marked("They left", "Sund", ""), "They left");
});
