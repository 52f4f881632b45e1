/** How the provider's side of a request is shown: a word, a shape and a tone. */
import Ban from "@lucide/svelte/icons/ban";
import CalendarX from "@lucide/svelte/icons/calendar-x-2";
import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import FilePen from "@lucide/svelte/icons/file-pen";
import Hourglass from "@lucide/svelte/icons/hourglass";
import PenLine from "@lucide/svelte/icons/pen-line";
import ThumbsDown from "@lucide/svelte/icons/thumbs-down";
import type { ParticipantView, Status } from "../host/bindings";
import { m } from "../messages";
import type { Icon } from "./icon";
import type { Tone } from "./tone";

type Look = { icon: Icon; tone: Tone };

const looks = {
  draft: { icon: FilePen, tone: "neutral", word: m.status_draft },
  pending: { icon: Hourglass, tone: "accent", word: m.status_pending },
  in_progress: { icon: PenLine, tone: "accent", word: m.status_in_progress },
  completed: { icon: CircleCheck, tone: "success", word: m.status_completed },
  declined: { icon: ThumbsDown, tone: "danger", word: m.status_declined },
  expired: { icon: CalendarX, tone: "warning", word: m.status_expired },
  canceled: { icon: Ban, tone: "neutral", word: m.status_canceled },
} satisfies Record<Exclude<Status["status"], "unknown">, Look & { word: () => string }>;

/** A word that we do not know is shown as it is. */
export function statusLook(status: Status): Look & { word: string } {
  if (status.status === "unknown") {
    return { icon: CircleQuestionMark, tone: "neutral", word: status.raw };
  }
  const look = looks[status.status];
  return { ...look, word: look.word() };
}

export const isOpen = (status: Status) =>
  status.status === "in_progress" || status.status === "pending";

export function participantWord(person: ParticipantView): string {
  switch (person.status.status) {
    case "done":
      return person.role === "approver" ? m.person_approved() : m.person_signed();
    case "declined":
      return m.person_declined();
    case "processing":
      return m.person_processing();
    case "unknown":
      return person.status.raw;
    case "waiting":
      if (person.role === "observer") return m.person_told();
      return person.turn ? m.person_turn() : m.person_waiting();
  }
}
