import type {
  AccountView,
  Delivery,
  SendingView,
  StepState,
  StepView,
} from "../../src/host/bindings";
import { minutesAgo, personName } from "./people";

const labels: StepView["label"][] = [
  { does: "create_request" },
  { does: "upload", document: "doc1", name: "Bail commercial" },
  { does: "upload", document: "doc2", name: "Annexe 1 – état des lieux" },
  { does: "add_person", recipient: "r1", name: personName(1) },
  { does: "add_person", recipient: "r2", name: personName(2) },
  { does: "place_field", field: "f1" },
  { does: "place_field", field: "f2" },
  { does: "place_field", field: "f3" },
  { does: "invite" },
];

export function sending(account: AccountView, delivery: Delivery): SendingView {
  const reached = { queued: 0, undone: 0, sending: 6, failed: 2, unclear: 8, sent: 9 }[delivery];
  // A step that was refused is planned again: only one whose answer is awaited is being tried.
  const state = (index: number): StepState =>
    index < reached
      ? "done"
      : index === reached && ["sending", "unclear"].includes(delivery)
        ? "trying"
        : "planned";
  return {
    id: "s1",
    draft: "d1",
    title: "Bail commercial – 14 rue des Carmes",
    account,
    delivery,
    leavesAt: new Date(Date.now() + (delivery === "queued" ? 11_400 : -9_000)).toISOString(),
    steps: labels.map((label, index) => ({ label, state: state(index) })),
    trouble:
      delivery === "failed"
        ? { trouble: "provider_refused", message: "file: The file is corrupted." }
        : delivery === "unclear"
          ? { trouble: "offline" }
          : null,
    nextTry: delivery === "unclear" ? new Date(Date.now() + 70_000).toISOString() : null,
    triedAt: delivery === "queued" ? null : minutesAgo(1),
    mayBeAbandoned: delivery === "failed",
    mayHaveStarted: delivery === "unclear" || delivery === "sent",
    procedure: delivery === "sent" ? "q0" : null,
  };
}
