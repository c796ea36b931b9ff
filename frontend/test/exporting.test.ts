import assert from "node:assert/strict";
import { test } from "node:test";
import { tiesCsv } from "../src/exporting";
import type { Network } from "../src/view";

test("no cell runs as a formula, numbers keep their sign, and commas and quotes are kept whole", () => {
  const tie = { weight: -2.5, positive: 0, negative: 2.5, count: 1, contested: false, statements: [] };
  const ties = [{ a: "=cmd()", b: 'Say "hi", all', sources: ["@x", "y"], ...tie }];
  const csv = tiesCsv({ ties } as Partial<Network> as Network);
  assert.equal(csv.split("\r\n")[1], `'=cmd(),"Say ""hi"", all",-2.5,0,2.5,1,false,'@x; y`);
});
