/** Numbers, dates and durations as people of the window's language write them. */
import { locale, m } from "../messages";

// British English writes the day before the month, as French does.
const tag = () => (locale() === "fr" ? "fr-FR" : "en-GB");

const minute = 60_000;
const hour = 60 * minute;
const dayLong = 24 * hour;

/** A calendar day (`2026-11-30`), which is the same day in every time zone. */
export function day(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`);
  return new Intl.DateTimeFormat(tag(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(date);
}

export function time(moment: string): string {
  return new Intl.DateTimeFormat(tag(), { hour: "2-digit", minute: "2-digit" }).format(
    new Date(moment),
  );
}

export function dateTime(moment: string): string {
  return new Intl.DateTimeFormat(tag(), {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(moment));
}

export function shortDate(moment: string): string {
  return new Intl.DateTimeFormat(tag(), { day: "numeric", month: "short", year: "numeric" }).format(
    new Date(moment),
  );
}

/** The time alone where the day is today, else day and time. */
export function moment(at: string, now: number): string {
  const same = new Date(at).toDateString() === new Date(now).toDateString();
  return same
    ? time(at)
    : new Intl.DateTimeFormat(tag(), {
        day: "numeric",
        month: "short",
        hour: "2-digit",
        minute: "2-digit",
      }).format(new Date(at));
}

/** How long ago, in its largest whole unit: "3 days". */
export function duration(milliseconds: number): string {
  const [value, unit] =
    milliseconds >= dayLong
      ? [Math.floor(milliseconds / dayLong), "day"]
      : milliseconds >= hour
        ? [Math.floor(milliseconds / hour), "hour"]
        : [Math.max(1, Math.floor(milliseconds / minute)), "minute"];
  return new Intl.NumberFormat(tag(), { style: "unit", unit, unitDisplay: "long" }).format(value);
}

/** "for 3 days"; in the first minute there is no duration to speak of. */
export function since(at: string, now: number): string {
  const passed = now - Date.parse(at);
  return passed < minute ? "" : m.since_for({ duration: duration(passed) });
}

/** "3 days ago". */
export function ago(at: string, now: number): string {
  const passed = now - Date.parse(at);
  if (passed < minute) return m.since_now();
  const relative = new Intl.RelativeTimeFormat(tag(), { numeric: "auto" });
  if (passed >= dayLong) return relative.format(-Math.floor(passed / dayLong), "day");
  if (passed >= hour) return relative.format(-Math.floor(passed / hour), "hour");
  return relative.format(-Math.floor(passed / minute), "minute");
}

/** Decimal units, as file managers show them. */
export function bytes(count: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let value = count;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(tag(), {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

/** 0.58 as "58%". */
export function percentage(share: number): string {
  return new Intl.NumberFormat(tag(), { style: "percent" }).format(share);
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(tag(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** "Ada, Grace and Marie". */
export function list(words: string[]): string {
  return new Intl.ListFormat(tag(), { style: "long", type: "conjunction" }).format(words);
}
