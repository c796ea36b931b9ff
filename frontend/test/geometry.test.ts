import assert from "node:assert/strict";
import { test } from "node:test";
import { hull, type Point } from "../src/hull";
import { place, type Wish } from "../src/labels";

const square: Point[] = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
];

test("a hull is closed where only members lie inside, and opens where a stranger does", () => {
  assert.equal(hull(square, [[300, 300]], 20).closed, true);
  assert.equal(hull(square, [[50, 50]], 20).closed, false);
  assert.equal(hull(square, [[50, -10]], 20).closed, false);
});

test("one, two and coinciding members have an outline too", () => {
  assert.match(hull([[5, 5]], [], 10).path, /^M5/);
  assert.match(hull(square.slice(0, 2), [], 10).path, /L/);
  assert.doesNotMatch(hull([[5, 5], [5, 5]], [], 10).path, /NaN/);
});

const frame = { x: 0, y: 0, width: 400, height: 300 };

function wish(x: number, y: number, must: boolean): Wish {
  return { x, y, width: 60, height: 14, offset: 10, must };
}

test("labels avoid each other and stay in the frame", () => {
  const boxes = place([wish(200, 150, true), wish(200, 170, true), wish(398, 298, true)], [], frame);
  const [one, two, corner] = boxes;
  assert.ok(one && two && corner);
  assert.ok(Math.abs(one.x - two.x) >= 60 || Math.abs(one.y - two.y) >= 14);
  assert.ok(corner.x + corner.width <= 400 && corner.y + corner.height <= 300);
});

test("where there is no room a name is left out, unless it must be shown; outside the frame it never is", () => {
  const full = [frame];
  assert.deepEqual(place([wish(200, 150, false)], full, frame), [null]);
  assert.notDeepEqual(place([wish(200, 150, true)], full, frame), [null]);
  assert.deepEqual(place([wish(-90, 150, true)], [], frame), [null]);
});
