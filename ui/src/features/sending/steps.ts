/** The plan of a sending as a clerk reads it: its many fields are one line. */
import type { SendingView, StepView } from "../../host/bindings";
import { m } from "../../messages";

export type LineState = "planned" | "trying" | "done" | "stopped" | "checked";
export type Line = { text: string; state: LineState };

export function lines(sending: SendingView): Line[] {
  const fields = sending.steps.filter(({ label }) => label.does === "place_field");
  const out: Line[] = [];
  let fieldsShown = false;
  for (const step of sending.steps) {
    if (step.label.does !== "place_field") {
      out.push({ text: words(step), state: shown(step.state, sending) });
    } else if (!fieldsShown) {
      fieldsShown = true;
      out.push(fieldLine(fields, sending));
    }
  }
  return out;
}

function fieldLine(fields: StepView[], sending: SendingView): Line {
  const done = fields.filter(({ state }) => state === "done").length;
  const started = done > 0 || fields.some(({ state }) => state === "trying");
  const state = done === fields.length ? "done" : started ? "trying" : "planned";
  return {
    text: m.sending_step_fields({ done, all: fields.length }),
    state: shown(state, sending),
  };
}

function shown(state: StepView["state"], { delivery }: SendingView): LineState {
  if (state !== "trying") return state;
  if (delivery === "failed") return "stopped";
  return delivery === "unclear" ? "checked" : "trying";
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
