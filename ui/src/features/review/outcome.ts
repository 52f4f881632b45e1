/** What will happen, in sentences, in the order in which it happens. */
import type { ReviewView } from "../../host/bindings";
import { m, plural } from "../../messages";
import { day, list } from "../../shared/format";

export type Step = {
  what: "undo" | "invite" | "practice" | "reminders" | "deadline" | "filed";
  sentence: string;
};

/** Who must do something; observers are told and no more. */
export const acting = (review: ReviewView) =>
  review.people.filter(({ role }) => role !== "observer");

export function headline(review: ReviewView, place: string): string {
  const { account } = review;
  if (!account) return m.review_goes_nowhere();
  const people = plural(acting(review).length, m.review_people_one, m.review_people_other);
  return account.environment === "practice"
    ? m.review_goes_to_practice({ people })
    : m.review_goes_to({ people, place });
}

export function steps(review: ReviewView): Step[] {
  const environment = review.account?.environment;
  const all: Step[] = [
    {
      what: "undo",
      sentence:
        review.undoSeconds > 0
          ? m.review_step_undo({ count: review.undoSeconds })
          : m.review_step_undo_none(),
    },
  ];
  const names = acting(review).map(({ name }) => name);
  const [first] = names;
  if (first !== undefined) all.push({ what: "invite", sentence: invited(review, names, first) });
  if (environment === "practice") {
    all.push({ what: "practice", sentence: m.review_step_practice() });
  }
  all.push({
    what: "deadline",
    sentence: review.deadline
      ? m.review_step_deadline({ date: day(review.deadline) })
      : m.review_step_no_deadline(),
  });
  if (review.reminders) {
    const { everyDays, atMost } = review.reminders;
    all.push({
      what: "reminders",
      sentence: m.review_step_reminders({
        every: plural(everyDays, m.review_every_day_one, m.review_every_day_other),
        most: plural(atMost, m.review_times_one, m.review_times_other),
      }),
    });
  }
  const filed = {
    practice: m.review_step_filed_practice,
    test: m.review_step_filed_test,
    live: m.review_step_filed,
  };
  all.push({ what: "filed", sentence: filed[environment ?? "live"]() });
  return all;
}

function invited(review: ReviewView, names: string[], first: string): string {
  if (names.length === 1) return m.review_step_single({ person: first });
  return review.ordered
    ? m.review_step_first({ person: first })
    : m.review_step_all({ people: list(names) });
}
