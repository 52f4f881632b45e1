import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { fakeHost } from "./tests/fake/plugin.ts";

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), mode === "test" ? fakeHost() : null],
  clearScreen: false,
  // Never a prefix of Tauri's: its variables hold what must not reach the bundle.
  envPrefix: "VITE_",
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  build: {
    target: "es2022",
    sourcemap: false,
    // The webview reads from the binary; an inlined asset would need `data:` in the policy.
    assetsInlineLimit: 0,
    // The script is read from the binary, not over a network.
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
  },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    restoreMocks: true,
    // Looking at every element of a screen takes seconds on a busy machine.
    testTimeout: 20_000,
  },
}));
