/** The plan of a sending as a clerk reads it: its many fields are one line. */
import type { SendingView, StepView } from "../../host/bindings";
import { m } from "../../messages";

export type LineState = "planned" | "trying" | "done" | "stopped" | "checked";
export type Line = { text: string; state: LineState };

export function lines(sending: SendingView): Line[] {
  // A refused step is to do again, so of a failed sending the first one left is where it stopped.
  const stopped =
    sending.delivery === "failed" ? sending.steps.find(({ state }) => state !== "done") : undefined;
  const shown = (step: StepView): LineState => {
    if (step === stopped) return "stopped";
    return step.state === "trying" && sending.delivery === "unclear" ? "checked" : step.state;
  };
  const fields = sending.steps.filter(({ label }) => label.does === "place_field");
  const out: Line[] = [];
  let fieldsShown = false;
  for (const step of sending.steps) {
    if (step.label.does !== "place_field") {
      out.push({ text: words(step), state: shown(step) });
    } else if (!fieldsShown) {
      fieldsShown = true;
      out.push(fieldLine(fields, fields.map(shown)));
    }
  }
  return out;
}

function fieldLine(fields: StepView[], states: LineState[]): Line {
  const done = fields.filter(({ state }) => state === "done").length;
  const atHand = states.find((state) => state !== "done" && state !== "planned");
  const state = done === fields.length ? "done" : (atHand ?? (done > 0 ? "trying" : "planned"));
  return { text: m.sending_step_fields({ done, all: fields.length }), state };
}

function words({ label }: StepView): string {
  switch (label.does) {
    case "create_request":
      return m.sending_step_create();
    case "upload":
      return m.sending_step_upload(label);
    case "add_person":
      return m.sending_step_person(label);
    case "place_field":
      return "";
    case "invite":
      return m.sending_step_invite();
  }
}
