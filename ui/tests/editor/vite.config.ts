// `npx vite --config tests/editor/vite.config.ts` shows the editor without the app around it.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { fakeHost } from "../fake/plugin";

const drawn = fileURLToPath(new URL("./pageImage.ts", import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: fileURLToPath(new URL("../../../target/ui-editor", import.meta.url)),
  plugins: [
    svelte({ configFile: fileURLToPath(new URL("../../svelte.config.js", import.meta.url)) }),
    { ...fakeHost(), transformIndexHtml: undefined },
    {
      name: "drawn-pages",
      enforce: "pre",
      resolveId: (source) => (source.endsWith("/pageImage") ? drawn : null),
    },
  ],
  server: {
    host: "127.0.0.1",
    port: 5188,
    strictPort: true,
    fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] },
  },
});
