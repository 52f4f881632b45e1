import type { ParticipantView, Role } from "../../src/host/bindings";

export const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000).toISOString();
export const hoursAgo = (count: number) => minutesAgo(count * 60);
export const daysAgo = (count: number) => hoursAgo(count * 24);
export const dayFromNow = (count: number) =>
  new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);

const names = [
  ["Camille", "Durand"],
  ["Ada", "Martin"],
  ["Grace", "O’Connor"],
  ["Jean-Baptiste", "de la Rochefoucauld-Montmorency"],
  ["Şükran", "Yılmaz"],
  ["Marie", "Lefèvre"],
  ["Παναγιώτης", "Δημητρίου"],
  ["Noah", "Weiss"],
] as const;

export function personName(index: number): string {
  const [first, last] = names[index % names.length] ?? names[0];
  return `${first} ${last}`;
}

export function personAddress(index: number): string {
  const ascii = ["camille", "ada", "grace", "jb.delarochefoucauld", "sukran", "marie", "p", "noah"];
  return `${ascii[index % ascii.length]}@client-example.fr`;
}

export function participant(
  index: number,
  state: "waiting" | "turn" | "done" | "declined" | "processing",
  more: Partial<ParticipantView> & { role?: Role } = {},
): ParticipantView {
  const waiting = state === "turn" || state === "waiting";
  return {
    id: `p${index}`,
    name: personName(index),
    email: personAddress(index),
    role: "signer",
    identityCheck: "email_code",
    status: waiting ? { status: "waiting" } : { status: state },
    colour: index,
    turn: state === "turn",
    since: state === "turn" ? daysAgo(3) : null,
    finishedAt: state === "done" || state === "declined" ? hoursAgo(26) : null,
    comment: null,
    hasLink: state === "turn" || state === "waiting",
    ...more,
  };
}
