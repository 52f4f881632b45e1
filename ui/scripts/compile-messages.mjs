// Compiles the catalogue into functions, and fails when a sentence did not arrive: the compiler
// reports success with zero messages when its plugin cannot be loaded.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "@inlang/paraglide-js";

const ui = fileURLToPath(new URL("..", import.meta.url));
const outdir = join(ui, "src/messages/generated");
const settings = JSON.parse(await readFile(join(ui, "project.inlang/settings.json"), "utf8"));
const patterns = settings["plugin.inlang.messageFormat"].pathPattern;

await compile({
  project: join(ui, "project.inlang"),
  outdir,
  outputStructure: "locale-modules",
  strategy: ["globalVariable", "baseLocale"],
  emitTsDeclarations: true,
  emitReadme: false,
  emitGitIgnore: false,
  isServer: "false",
});

const compiled = await import(
  `file://${join(outdir, "messages.js")}?at=${(await readdir(outdir)).length}`
);
let count = 0;
for (const pattern of patterns) {
  for (const locale of settings.locales) {
    const path = join(ui, pattern.replace("{locale}", locale));
    for (const key of Object.keys(JSON.parse(await readFile(path, "utf8")))) {
      if (typeof compiled[key] !== "function") {
        throw new Error(`"${key}" of ${path} was not compiled`);
      }
      count += 1;
    }
  }
}
if (count === 0) throw new Error("the catalogue is empty, or none of its files was found");
