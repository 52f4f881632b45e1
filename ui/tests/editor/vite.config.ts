// `npx vite --config tests/editor/vite.config.ts` shows the editor without the app around it.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import type { ViteDevServer } from "vite";
import { fakeHost } from "../fake/plugin";
import { drawnPage } from "./drawnPage";

const drawn = fileURLToPath(new URL("./pageImage.ts", import.meta.url));

/** `/drawn/<w>,<h>,<delay>,<stripes>,<broken>/<blob>/<index>/<width>[/<x>,<y>,<w>,<h>]` */
function servePages({ middlewares }: ViteDevServer) {
  middlewares.use("/drawn", (request, response) => {
    const [how = "", , index, width, cut] =
      (request.url ?? "").split("?")[0]?.slice(1).split("/") ?? [];
    const [w, h, delay, stripes, broken] = how.split(",");
    const [x, y, partW, partH] = cut?.split(",").map(Number) ?? [];
    const part = partW === undefined ? null : { x: x ?? 0, y: y ?? 0, w: partW, h: partH ?? 0 };
    const page = { w: Number(w), h: Number(h) };
    setTimeout(() => {
      response.statusCode = broken === "true" ? 422 : 200;
      response.setHeader("content-type", "image/svg+xml");
      const drawing = { page, index: Number(index), width: Number(width), part };
      response.end(broken === "true" ? "" : drawnPage({ ...drawing, stripes: stripes === "true" }));
    }, Number(delay));
  });
}

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
      configureServer: servePages,
    },
  ],
  server: {
    host: "127.0.0.1",
    port: 5188,
    strictPort: true,
    fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] },
  },
});
