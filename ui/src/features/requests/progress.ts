/** Who has signed, who is next, since when: one line for a row of the list. */
import type { ParticipantView, ProcedureRow } from "../../host/bindings";
import { m } from "../../messages";
import { list, since } from "../../shared/format";
import { isOpen } from "../../shared/status";

export const actors = (row: ProcedureRow) =>
  row.participants.filter(({ role }) => role !== "observer");

const names = (people: ParticipantView[]) => list(people.map(({ name }) => name));

export function progressSentence(row: ProcedureRow, now: number): string {
  const people = actors(row);
  const declined = people.filter(({ status }) => status.status === "declined");
  if (declined.length > 0) return m.requests_refused_by({ people: names(declined) });
  if (row.status.status === "completed") return m.requests_all_signed();
  const waiting = people.filter(({ turn }) => turn);
  if (isOpen(row.status) && waiting.length > 0) {
    const from = row.waitingSince ?? waiting[0]?.since;
    return m
      .requests_waits_for({ people: names(waiting), since: from ? since(from, now) : "" })
      .trim();
  }
  return doneSentence(row);
}

function doneSentence(row: ProcedureRow): string {
  const people = actors(row);
  const done = people.filter(({ status }) => status.status === "done").length;
  return m.requests_progress({ done, all: people.length });
}
