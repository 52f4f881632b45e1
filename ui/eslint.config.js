import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Layers, lowest first: each may import those before it, none those after it. */
const layers = ["host", "messages", "ipc", "shared", "features", "views"];
/** The barrel drags in every icon there is. */
const noBarrel = {
  name: "@lucide/svelte",
  allowTypeImports: true,
  message: "Import from @lucide/svelte/icons/<name>.",
};
const noTests = { regex: "/tests/", message: "What the tests make up stays out of the app." };
const noTauri = {
  group: ["@tauri-apps/*"],
  message: "Only src/host speaks to Tauri.",
};

function restricted(patterns) {
  return {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      { paths: [noBarrel], patterns: [...patterns, noTests] },
    ],
  };
}

function layerRules() {
  return layers.map((layer, index) => {
    const above = layers.slice(index + 1).join("|");
    const patterns = above
      ? [{ regex: `^(\\.\\./)+(${above})(/|$)`, message: `${layer} is below this.` }]
      : [];
    if (layer !== "host") patterns.push(noTauri);
    return { files: [`src/${layer}/**/*.{ts,svelte}`], rules: restricted(patterns) };
  });
}

/** A feature knows nothing of another one: views put them together. */
const featuresApart = {
  files: ["src/features/*/*.{ts,svelte}"],
  rules: restricted([
    { regex: "^\\.\\./(?!\\.\\./)", message: "Another feature: put them together in a view." },
    { regex: "^(\\.\\./)+views(/|$)", message: "features are below views." },
    noTauri,
  ]),
};

export default ts.config(
  {
    ignores: ["dist/**", "src/messages/generated/**", "src/host/bindings.ts", "project.inlang/**"],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    plugins: { "import-x": importX },
    // The parser of scripts in components, also where the plugin reads them as somebody's imports.
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    settings: {
      "import-x/ignore": ["node_modules"],
      "import-x/parsers": {
        "@typescript-eslint/parser": [".ts"],
        "svelte-eslint-parser": [".svelte"],
      },
      "import-x/resolver-next": [
        importX.createNodeResolver({ extensions: [".ts", ".js", ".svelte"] }),
      ],
    },
    rules: {
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "svelte/no-at-html-tags": "error",
      "svelte/require-each-key": "error",
      "svelte/button-has-type": "error",
      "svelte/no-target-blank": "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ["**/*.ts", "**/*.svelte"],
    // The compiler knows which names exist.
    rules: { "no-undef": "off" },
  },
  {
    files: ["src/**/*.{ts,svelte}"],
    rules: restricted([noTauri]),
  },
  ...layerRules(),
  featuresApart,
  {
    files: ["*.js", "*.ts", "scripts/**", "tests/**"],
    languageOptions: { globals: globals.node },
  },
);
