import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { IpcError, Trouble } from "../../src/host/bindings";
import { plural, useLanguage } from "../../src/messages";
import * as sentences from "../../src/messages/generated/messages";
import { errorSentence, refusedSentence, troubleSentence } from "../../src/shared/errors";

const folder = "../src-tauri/crates/messages/catalogue";
const read = (locale: string, area: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, locale, `${area}.json`), "utf8"));

/** As the keys are called in Rust. */
const camel = (key: string) =>
  key.replace(/(?:^|_)(\w)/gu, (_, letter: string) => letter.toUpperCase());

const areas = () => readdirSync(join(folder, "fr")).map((file) => file.replace(/\.json$/u, ""));

function sources(path: string): string {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte|rs)$/u.test(entry.name))
    .filter((entry) => !entry.parentPath.includes("generated"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

test.each(["window", "errors", "editor"])("every sentence of %s is said by the window", (area) => {
  const names = new Set(sources("src").match(/\w+/gu));
  expect(Object.keys(read("en", area)).filter((key) => !names.has(key))).toEqual([]);
});

test.each(["cli", "emails", "notices", "signing_page"])("every sentence of %s is said", (area) => {
  const code = sources("../src-tauri/src") + sources("../src-tauri/crates");
  const names = new Set(code.match(/\bKey::\w+/gu));
  const silent = Object.keys(read("en", area)).filter((key) => !names.has(`Key::${camel(key)}`));
  expect(silent).toEqual([]);
});

test("a sentence that counts has both its forms", () => {
  for (const area of ["window", "errors", "editor"]) {
    const keys = new Set(Object.keys(read("en", area)));
    for (const key of keys) {
      if (key.endsWith("_other") && key.replace(/_other$/u, "_one") !== key) {
        const counts = read("en", area)[key]?.includes("{count}");
        if (counts) expect(keys.has(key.replace(/_other$/u, "_one")), key).toBe(true);
      }
    }
  }
});

test("in French, Annuler is only ever Cancel", () => {
  const found = areas().flatMap((area) =>
    Object.entries(read("fr", area)).filter(([, sentence]) => /annul/iu.test(sentence)),
  );
  expect(found.map(([key]) => key)).toEqual(["common_cancel"]);
});

test("in French, what is taken back is not resumed", () => {
  const found = areas().flatMap((area) =>
    Object.entries(read("fr", area)).filter(([, sentence]) =>
      /\b(repris|reprendre)\b/iu.test(sentence),
    ),
  );
  expect(found.map(([key]) => key)).toEqual(["tray_resume"]);
});

test("French signs that need a space before them have one that does not break", () => {
  for (const area of areas()) {
    const broken = Object.entries(read("fr", area)).filter(([, sentence]) =>
      / [:;?!»%]|« /u.test(sentence),
    );
    expect(broken.map(([key]) => key)).toEqual([]);
  }
});

test("zero is singular in French and plural in English", () => {
  const words = ({ count }: { count: number }) => `${count} one`;
  const other = ({ count }: { count: number }) => `${count} other`;
  useLanguage("english");
  expect(plural(0, words, other)).toBe("0 other");
  useLanguage("french");
  expect(plural(0, words, other)).toBe("0 one");
  expect(plural(1.5, words, other)).toBe("1.5 one");
  expect(plural(2, words, other)).toBe("2 other");
});

const later = "2026-11-22T14:32:00Z";
const errors: IpcError[] = [
  { code: "key_rejected" },
  { code: "keychain_unavailable", reason: "locked" },
  { code: "provider_busy", until: later },
  { code: "provider_refused", message: "file: too short" },
  { code: "provider_unexpected", status: 418 },
  { code: "file_unreadable", name: "bail.pdf" },
  { code: "folder_unwritable", folder: "/mnt/x" },
  { code: "internal", detail: "secret detail" },
];
const troubles: Trouble[] = [
  { trouble: "provider_busy", until: later },
  { trouble: "provider_trouble", status: 503 },
  { trouble: "folder_unwritable", folder: "/mnt/x" },
];

describe.each(["english", "french"] as const)("in %s", (language) => {
  test("a failure is said with what it is about, and without what is for the log", () => {
    useLanguage(language);
    for (const error of errors) {
      const sentence = errorSentence(error);
      for (const [name, value] of Object.entries(error)) {
        if (["message", "status", "name", "folder"].includes(name)) {
          expect(sentence).toContain(String(value));
        }
      }
      expect(sentence).not.toMatch(/[{}]|secret detail|undefined/u);
    }
    for (const trouble of troubles) expect(troubleSentence(trouble)).not.toMatch(/[{}]|undefined/u);
  });

  test("a file that is too large is told the limit", () => {
    useLanguage(language);
    const sentence = refusedSentence({
      name: "plan.pdf",
      reason: { reason: "too_large", limit: 20_000_000 },
    });
    expect(sentence).toMatch(/20\s?M[Bo]/u);
  });
});

test("what the provider says stays text", () => {
  const message = "<img src=x onerror=alert(1)>";
  useLanguage("english");
  expect(sentences.error_provider_refused({ message })).toContain(message);
});
