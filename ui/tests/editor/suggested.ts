/** What the pages of the usual draft suggest: its first page, and the one where people sign. */
import type {
  Draft,
  FieldKind,
  PageId,
  SuggestedFields,
  Suggestion,
} from "../../src/host/bindings";
import { free, placesOf } from "../../src/features/editor/model/suggesting";

const LOOKED_AT_ONCE = 8;

function place(
  page: PageId,
  [x, y, w, h]: [number, number, number, number],
  by: Partial<Suggestion> = {},
): Suggestion {
  const kind: FieldKind = { type: "signature", mentionAbove: "", mentionBelow: "" };
  return {
    page,
    rect: { x, y, w, h },
    kind,
    isDate: false,
    label: "Signature",
    reason: "rule",
    recipient: null,
    ...by,
  };
}

const text = (formula = ""): FieldKind => ({
  type: "text",
  content: "",
  required: true,
  fontSize: 11,
  formula,
});

/** Two people sign and date; for two more places the page names nobody. */
export const suggested: Suggestion[] = [
  place("lease-p1", [320, 400, 180, 60], { label: "Signature du gérant", reason: "box" }),
  place("lease-p24", [60, 500, 180, 60], { label: "Signature du bailleur", recipient: "ada" }),
  place("lease-p24", [320, 500, 180, 60], {
    label: "Signature du preneur",
    reason: "leader",
    recipient: "grace",
  }),
  place("lease-p24", [60, 600, 120, 20], { label: "Date :", kind: text(), recipient: "ada" }),
  place("lease-p24", [320, 600, 120, 20], {
    label: "Date :",
    kind: text(),
    reason: "leader",
    recipient: "grace",
  }),
  place("lease-p24", [60, 660, 200, 24], {
    label: "Lu et approuvé",
    reason: "room",
    kind: text("Lu et approuvé"),
  }),
];

/** As the engine answers: some pages at once, without the places where a field stands. */
export function suggestIn(
  draft: Draft,
  suggestions: readonly Suggestion[],
  from: PageId | null,
): SuggestedFields {
  const pages = draft.documents.flatMap((document) => document.pages.map(({ id }) => id));
  const start = from === null ? 0 : pages.indexOf(from);
  const looked = pages.slice(start, start + LOOKED_AT_ONCE);
  return {
    pages: looked.map((page) => ({
      page,
      suggestions: suggestions.filter(
        (each) => each.page === page && free(placesOf([each]), draft.fields).length > 0,
      ),
    })),
    next: pages[start + LOOKED_AT_ONCE] ?? null,
  };
}
