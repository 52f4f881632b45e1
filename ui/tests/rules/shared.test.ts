import { beforeEach, describe, expect, test, vi } from "vitest";
import { progressSentence } from "../../src/features/requests/progress";
import type { ProcedureRow } from "../../src/host/bindings";
import { useLanguage } from "../../src/messages";
import { ago, bytes, day, duration, list, moment, since } from "../../src/shared/format";
import { initials, personStyle } from "../../src/shared/people";
import { router } from "../../src/shared/router.svelte";
import { toasts } from "../../src/shared/toasts.svelte";
import { manyRows } from "../fake/procedures";

const now = Date.parse("2026-11-22T15:00:00Z");
const before = (milliseconds: number) => new Date(now - milliseconds).toISOString();
const hour = 3_600_000;

describe("numbers and days", () => {
  test.each([
    ["english", "Monday, 30 November 2026", "3 days", "2 hours ago", "1.8 MB", "A, B and C"],
    ["french", "lundi 30 novembre 2026", "3 jours", "il y a 2 heures", "1,8 Mo", "A, B et C"],
  ] as const)("are written in %s", (language, aDay, days, hours, size, names) => {
    useLanguage(language);
    // Plain spaces: which kind of space stands before a unit is the engine's choice.
    const plain = (text: string) => text.replace(/[\u00a0\u202f]/gu, " ");
    expect(plain(day("2026-11-30")).replace("Monday 30", "Monday, 30")).toBe(aDay);
    expect(plain(duration(3.9 * 24 * hour))).toBe(days);
    expect(plain(ago(before(2.5 * hour), now))).toBe(hours);
    expect(plain(bytes(1_840_000))).toBe(size);
    expect(list(["A", "B", "C"])).toBe(names);
  });

  test("a day is the same day in every time zone", () => {
    useLanguage("english");
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris"]) {
      vi.stubEnv("TZ", zone);
      expect(day("2026-11-30"), zone).toContain("30 November 2026");
    }
    vi.unstubAllEnvs();
  });

  test.each(["english", "french"] as const)(
    "in %s, a wait begins without a duration",
    (language) => {
      useLanguage(language);
      const row = { ...manyRows(1)[0], waitingSince: before(59_000) } as ProcedureRow;
      expect(progressSentence(row, now)).toBe(
        language === "french" ? "Attend Camille Durand" : "Waiting for Camille Durand",
      );
      expect(since(before(61_000), now)).toMatch(/1 minute$/u);
    },
  );

  test("a clock that runs ahead shows no negative time", () => {
    useLanguage("english");
    expect(since(before(-5 * hour), now)).toBe("");
    expect(ago(before(-5 * hour), now)).toBe("just now");
    expect(moment(before(0), now)).toMatch(/^\d\d:\d\d$/u);
  });
});

describe("people", () => {
  test.each([
    ["Ada Martin", "AM"],
    ["Jean-Baptiste de la Rochefoucauld", "JR"],
    ["ada@example.org", "A"],
    ["Παναγιώτης Δημητρίου", "ΠΔ"],
    ["𝒜da", "𝒜"],
    ["  ", "?"],
  ])("%s is %s for short", (name, short) => expect(initials(name)).toBe(short));

  test("every number has one of the eight colours", () => {
    for (const colour of [0, 7, 8, 255, -1, 2.5]) {
      expect(personStyle(colour)).toMatch(/^--person: var\(--person-[0-7]\);/u);
    }
  });
});

describe("the way back", () => {
  beforeEach(() => router.reset({ name: "drafts" }));

  test("leads where one came from", () => {
    router.go({ name: "requests" });
    router.go({ name: "request", id: "q1" });
    router.back();
    expect(router.route).toEqual({ name: "requests" });
  });

  test("leads home where there is none", () => {
    router.reset({ name: "request", id: "q1" });
    router.back({ name: "requests" });
    expect(router.route).toEqual({ name: "requests" });
  });

  test("does not pass the same place twice", () => {
    router.go({ name: "editor", draft: "d1" });
    router.go({ name: "review", draft: "d1" });
    router.replace({ name: "editor", draft: "d1", focus: { problem: "no_title" } });
    expect(router.route).toMatchObject({ focus: { problem: "no_title" } });
    router.back();
    expect(router.route).toEqual({ name: "drafts" });
  });
});

describe("a message at the foot", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    for (const toast of toasts.list) toasts.close(toast.id);
    return () => void vi.useRealTimers();
  });

  test("goes by itself, but not while somebody reads it", () => {
    const id = toasts.show("Done");
    toasts.hold(id);
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toHaveLength(1);
    toasts.release(id);
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toEqual([]);
  });

  test("stays when it says what went wrong", () => {
    toasts.show("The disk is full", { tone: "danger" });
    vi.advanceTimersByTime(600_000);
    expect(toasts.list).toHaveLength(1);
  });
});
