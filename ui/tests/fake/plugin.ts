import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Puts the fake host in the place of the generated bindings. */
export function fakeHost(): Plugin {
  const fake = fileURLToPath(new URL("./bindings.ts", import.meta.url));
  return {
    name: "fake-host",
    enforce: "pre",
    resolveId(source) {
      return /(^|\/)bindings$/.test(source) && !source.startsWith("/") ? fake : null;
    },
  };
}
