// Builds the bundle that the Python package carries: node build.mjs [folder]
// The output is tracked, so that nobody who installs the package needs Node; a test rebuilds it and compares bytes.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = process.argv[2] ?? fileURLToPath(new URL("../src/allegiance/report/bundle", import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: [
    { in: "src/main.ts", out: "allegiance" },
    { in: "src/style.css", out: "allegiance" },
  ],
  outdir: folder,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
