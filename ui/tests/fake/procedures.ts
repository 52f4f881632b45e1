import type {
  AccountView,
  EventView,
  ProcedureRow,
  ProcedureView,
  Status,
} from "../../src/host/bindings";
import { practice, production, staging } from "./accounts";
import { dayFromNow, daysAgo, hoursAgo, participant } from "./people";

const titles = [
  "Bail commercial – 14 rue des Carmes",
  "Mandat de vente Dupont",
  "Contrat de travail – Noah Weiss",
  "Avenant n° 3 au contrat de maintenance des installations de chauffage, ventilation et climatisation",
  "Devis 2026-118",
  "Accord de confidentialité Δημητρίου",
  "Procès-verbal d’assemblée générale",
];

type Kind = "open" | "second" | "completed" | "declined" | "expired" | "canceled" | "unknown";
const kinds: Kind[] = ["open", "second", "completed", "declined", "expired", "canceled", "unknown"];

export function row(index: number, account: AccountView, kind: Kind): ProcedureRow {
  const status: Status =
    kind === "open" || kind === "second"
      ? { status: "in_progress" }
      : kind === "unknown"
        ? { status: "unknown", raw: "awaiting_qualification" }
        : { status: kind };
  const first = index % 8;
  const people = {
    open: [participant(first, "turn"), participant(first + 1, "waiting")],
    second: [
      participant(first, "done"),
      participant(first + 1, "turn", { since: daysAgo(9) }),
      participant(first + 2, "waiting", { role: "approver" }),
    ],
    completed: [participant(first, "done"), participant(first + 1, "done")],
    declined: [
      participant(first, "done"),
      participant(first + 1, "declined", { comment: "Le loyer est trop élevé." }),
    ],
    expired: [participant(first, "waiting"), participant(first + 1, "waiting")],
    canceled: [participant(first, "waiting")],
    unknown: [participant(first, "waiting")],
  }[kind];
  return {
    id: `q${index}`,
    name: titles[index % titles.length] ?? "",
    environment: account.environment,
    accountName: account.name,
    status,
    participants: people,
    createdAt: daysAgo(index + 1),
    updatedAt: hoursAgo(index + 1),
    waitingSince: kind === "open" ? daysAgo(3) : kind === "second" ? daysAgo(9) : null,
    expiresAt: kind === "open" ? dayFromNow(11) : null,
    mine: index % 5 !== 3,
  };
}

export function manyRows(count: number): ProcedureRow[] {
  const accounts = [staging, practice, production];
  return Array.from({ length: count }, (_, index) =>
    row(index, accounts[index % 3] ?? staging, kinds[index % kinds.length] ?? "open"),
  );
}

function* events(of: ProcedureRow): Generator<EventView> {
  yield { what: "sent", person: null, reason: null, seenAt: of.createdAt };
  for (const { name, status, comment } of of.participants) {
    if (status.status === "done") {
      yield { what: "signed", person: name, reason: null, seenAt: hoursAgo(30) };
    } else if (status.status === "declined") {
      yield { what: "declined", person: name, reason: comment, seenAt: hoursAgo(26) };
    }
  }
  if (of.status.status === "completed") {
    yield { what: "completed", person: null, reason: null, seenAt: hoursAgo(2) };
  }
}

export function detail(of: ProcedureRow): ProcedureView {
  const completed = of.status.status === "completed";
  const isPractice = of.environment === "practice";
  return {
    row: of,
    ordered: true,
    events: [...events(of)],
    files: completed
      ? [
          {
            id: "f1",
            name: `${of.name} – signed.pdf`,
            what: "signed",
            state: "filed",
            bytes: 1_950_000,
          },
          {
            id: "f2",
            name: `${of.name} – proof.pdf`,
            what: "proof",
            state: isPractice ? "filed" : "vanished",
            bytes: 86_000,
          },
        ]
      : [],
    canCorrect: of.mine,
    correctedBy: null,
    proofExpected: of.environment !== "test",
    marks: completed
      ? of.participants.map((person, index) => ({
          field: `m${index}`,
          document: "Bail commercial",
          page: 24,
          person: person.name,
          colour: person.colour,
          asked: { x: 72 + index * 220, y: 612.5, w: 180, h: 60 },
          found: index === 0 ? { x: 72, y: 612, w: 180, h: 60.4 } : null,
          difference: index === 0 ? 0.5 : null,
        }))
      : [],
    folder: completed ? "~/Documents/Paraph/Tests" : null,
    canSignAs: isPractice,
    asOf: hoursAgo(0),
    trouble: null,
  };
}
