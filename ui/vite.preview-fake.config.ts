// Shows the window in an ordinary browser, with a host that is made up: for looking at screens.
// Nothing of it is part of the app.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { fakeHost } from "./tests/fake/plugin.ts";

export default defineConfig({
  plugins: [svelte(), fakeHost()],
  clearScreen: false,
  envPrefix: "VITE_",
  server: { host: "127.0.0.1", port: 5199, strictPort: true },
  build: { outDir: "../target/ui-fake", emptyOutDir: true, target: "es2022" },
});
