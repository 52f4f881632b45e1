import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Puts the fake host in the place of the generated bindings. */
export function fakeHost(): Plugin {
  const fake = fileURLToPath(new URL("./bindings.ts", import.meta.url));
  return {
    name: "fake-host",
    enforce: "pre",
    resolveId(source) {
      return source.endsWith("/bindings") ? fake : null;
    },
    transformIndexHtml() {
      const src = "/tests/fake/start.ts";
      return [{ tag: "script", attrs: { type: "module", src }, injectTo: "head-prepend" }];
    },
  };
}
