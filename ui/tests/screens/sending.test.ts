import { within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { router } from "../../src/shared/router.svelte";
import { emit } from "../fake/bindings";
import type { Scenario, World } from "../fake/world";
import { open, settle } from "./open";

const review = (scenario: Scenario) => open(scenario, { name: "review", draft: "d1" });
const sending = (scenario: Scenario) => open(scenario, { name: "sending", id: "s1" });

/** The draft is another one than before. */
function edited(world: World) {
  const bodies = world.bodies as { reviewDraft: World["bodies"]["reviewDraft"] };
  const before = bodies.reviewDraft({ draft: "d1" });
  bodies.reviewDraft = () => ({ ...before, revision: before.revision + 1 });
}

test("a correction says who had signed and has to sign again", async () => {
  const { world, screen } = await review({ accounts: "test" });
  const bodies = world.bodies as { reviewDraft: World["bodies"]["reviewDraft"] };
  const before = bodies.reviewDraft({ draft: "d1" });
  const person = (name: string, more: object) => ({
    name,
    role: "signer" as const,
    doneAt: "2026-11-03T10:00:00Z",
    isAsked: true,
    ...more,
  });
  const done = [
    person("Ada Durand", {}),
    person("Ben Muller", { role: "approver" }),
    person("Eve Martin", { isAsked: false }),
  ];
  bodies.reviewDraft = () => ({ ...before, correction: { name: "Lease", done } });
  emit("dataChanged", { tags: [{ tag: "draft", id: "d1" }] });
  const card = await screen.findByRole("region", { name: "In place of “Lease”" });
  const lines = within(card).getAllByRole("listitem");
  expect(lines.map((line) => line.textContent.trim())).toEqual([
    expect.stringMatching(/^Ada Durand signed on .+ and has to sign again\.$/u),
    expect.stringMatching(/^Ben Muller approved on .+ and has to approve again\.$/u),
    expect.stringMatching(/^Eve Martin .+ is not asked any more\.$/u),
  ]);
});

test("the send button names where it goes, and sends what was reviewed", async () => {
  const { world, screen, user } = await review({ accounts: "test" });
  screen.getByText("Goes to 2 people, with Yousign staging");
  await user.click(screen.getByRole("button", { name: "Send with Yousign staging" }));
  await settle();
  expect(world.asked("sendDraft")).toEqual([{ draft: "d1", revision: 7, account: "acc-test" }]);
  expect(router.route).toEqual({ name: "sending", id: "s1" });
});

test("nothing live is sent without the word", async () => {
  const { world, screen, user } = await review({ accounts: "live" });
  await user.click(screen.getByRole("button", { name: "Send for real…" }));
  const confirm = await screen.findByRole("button", { name: "Send for real" });
  expect((confirm as HTMLButtonElement).disabled).toBe(true);
  await user.type(screen.getByLabelText("Type SEND to confirm"), "sent{Enter}");
  expect(world.asked("sendDraft"), "another word is no word").toEqual([]);
  await user.clear(screen.getByLabelText("Type SEND to confirm"));
  await user.type(screen.getByLabelText("Type SEND to confirm"), "send");
  await user.click(confirm);
  await settle();
  expect(world.asked("sendDraft")).toHaveLength(1);
});

test("what is missing blocks the sending and leads to its place", async () => {
  const { world, screen, user } = await review({ incomplete: true });
  const send = screen.getByRole("button", { name: "Send with Yousign staging" });
  expect((send as HTMLButtonElement).disabled).toBe(true);
  await user.click(
    screen.getByRole("button", { name: "Show: Grace O’Connor has no place to sign yet." }),
  );
  expect(router.route).toEqual({
    name: "editor",
    draft: "d1",
    focus: { problem: "no_signature_field", recipient: "r2" },
  });
  expect(world.asked("sendDraft")).toEqual([]);
});

test("what matters is said before sending", async () => {
  const { screen } = await review({ accounts: "test" });
  screen.getByText(/By itself it does not make a signature “advanced”/u);
  screen.getByText(/that day included/u);
  screen.getByText(/Code by SMS: \+33612345678/u);
  screen.getByText(/Yousign gives no proof in staging/u);
});

test.each([
  [true, "Approver – approves when it is their turn, without signing"],
  [false, "Approver – approves, without signing"],
])("who approves does so in turn only where there is an order: %s", async (ordered, words) => {
  const { world, screen } = await review({ accounts: "test" });
  const bodies = world.bodies as { reviewDraft: World["bodies"]["reviewDraft"] };
  const before = bodies.reviewDraft({ draft: "d1" });
  const people = before.people.map((person) =>
    person.id === "r2" ? { ...person, role: "approver" as const } : person,
  );
  bodies.reviewDraft = () => ({ ...before, ordered, people });
  emit("dataChanged", { tags: [{ tag: "draft", id: "d1" }] });
  await settle();
  const all = [...screen.getByRole("main").querySelectorAll("p")];
  expect(all.map(({ textContent }) => textContent?.trim())).toContain(words);
});

test("a draft that changed meanwhile is shown anew and not sent", async () => {
  const { world, screen, user } = await review({ accounts: "test" });
  world.refusals.set("sendDraft", { code: "draft_changed" });
  const before = world.asked("reviewDraft").length;
  await user.click(screen.getByRole("button", { name: "Send with Yousign staging" }));
  await settle();
  expect(world.asked("reviewDraft").length, "read again").toBeGreaterThan(before);
  expect(router.route.name).toBe("review");
});

test("what was edited in between did not change while one was reading", async () => {
  const { world, screen, user } = await review({ accounts: "test" });
  await user.click(screen.getByRole("button", { name: "Back to the draft" }));
  await settle();
  edited(world);
  router.replace({ name: "review", draft: "d1" });
  await settle();
  screen.getByRole("button", { name: "Send with Yousign staging" });
  expect(screen.queryByText(/The draft changed while you were reading/u)).toBeNull();
  edited(world);
  emit("dataChanged", { tags: [{ tag: "draft", id: "d1" }] });
  await screen.findByText(/The draft changed while you were reading/u);
});

test("a rehearsal leaves the way back to the draft", async () => {
  const { world, screen, user } = await review({ accounts: "live" });
  await user.click(screen.getByRole("button", { name: "Rehearse" }));
  await settle();
  expect(world.asked("rehearseDraft")).toEqual([{ draft: "d1" }]);
  expect(world.asked("sendDraft"), "a rehearsal sends nothing").toEqual([]);
  router.back();
  expect(router.route).toEqual({ name: "review", draft: "d1" });
});

test("undo brings the draft back", async () => {
  const { world, screen, user } = await sending({ delivery: "queued" });
  screen.getByRole("heading", { name: "Nothing has left yet" });
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await settle();
  expect(world.asked("undoSend")).toEqual([{ sending: "s1" }]);
  expect(router.route).toEqual({ name: "editor", draft: "d1" });
});

test("undo that comes too late says what can still be done", async () => {
  const { world, screen, user } = await sending({ delivery: "queued" });
  world.refusals.set("undoSend", { code: "too_late_to_undo" });
  await user.click(screen.getByRole("button", { name: "Undo" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("You can stop the request instead.");
});

test("an unclear sending shows its facts and offers no second try", async () => {
  const { screen } = await sending({ delivery: "unclear" });
  screen.getByRole("heading", { name: "Being checked" });
  screen.getByText(/never invites anybody twice/u);
  screen.getByText("Not known yet");
  expect(screen.queryByRole("button", { name: "Go on from here" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Back to the draft" })).toBeNull();
});

test("a stopped sending says where, that nobody was invited, and goes on from there", async () => {
  const { world, screen, user } = await sending({ delivery: "failed" });
  screen.getByText(/Nobody has been invited/u);
  const steps = screen.getByRole("list", { name: "Steps" });
  const stopped = [...steps.children].filter((step) => step.textContent?.includes("stopped here"));
  expect(stopped.map((step) => step.textContent)).toEqual([
    expect.stringContaining("Upload “Annexe 1 – état des lieux”"),
  ]);
  screen.getByText("The signing service refused: file: The file is corrupted.");
  await user.click(screen.getByRole("button", { name: "Go on from here" }));
  await settle();
  expect(world.asked("resumeSending")).toEqual([{ sending: "s1" }]);
  screen.getByRole("heading", { name: "Being sent", level: 1 });
});

test("where people may have been invited, the draft is not simply given back", async () => {
  const { world, screen } = await sending({ delivery: "failed" });
  const unclear = { mayHaveStarted: true, mayBeAbandoned: false };
  world.sending = world.sending && { ...world.sending, ...unclear };
  emit("dataChanged", { tags: [{ tag: "sendings" }] });
  await settle();
  screen.getByText(/People may already have been invited/u);
  expect(screen.queryByRole("button", { name: "Back to the draft" })).toBeNull();
});

test("what somebody deleted at the provider is given back with the facts", async () => {
  const { world, screen, user } = await sending({ delivery: "failed" });
  world.sending = world.sending && {
    ...world.sending,
    trouble: { trouble: "gone" },
    mayHaveStarted: true,
    mayBeAbandoned: true,
  };
  emit("dataChanged", { tags: [{ tag: "sendings" }] });
  await settle();
  await user.click(screen.getByRole("button", { name: "Back to the draft" }));
  await screen.findByText(/their links no longer work/u);
});

test("a sending that waits for better times can be tried now, or stopped", async () => {
  const { world, screen, user } = await sending({ delivery: "sending" });
  expect(
    screen.queryByRole("button", { name: "Stop trying" }),
    "nothing is wrong: there is nothing to stop",
  ).toBeNull();
  world.sending = world.sending && { ...world.sending, trouble: { trouble: "offline" } };
  emit("dataChanged", { tags: [{ tag: "sendings" }] });
  await settle();
  await user.click(screen.getByRole("button", { name: "Try now" }));
  expect(world.asked("resumeSending")).toEqual([{ sending: "s1" }]);
  world.sending = world.sending && { ...world.sending, trouble: { trouble: "offline" } };
  emit("dataChanged", { tags: [{ tag: "sendings" }] });
  await settle();
  await user.click(screen.getByRole("button", { name: "Stop trying" }));
  expect(world.asked("stopTrying")).toEqual([{ sending: "s1" }]);
});

test("the review says who the mails come from, and who is reminded how often", async () => {
  const { screen } = await review({ accounts: "test" });
  screen.getByText("From Marie Lefèvre");
  screen.getByText("Whoever’s turn it is gets a reminder every 3 days, at most 5 times.");
  screen.getByText("To those who have acted by then");
});

test("the fields of a sending are one line with their number", async () => {
  const { screen } = await sending({ delivery: "sending" });
  const steps = screen.getByRole("list", { name: "Steps" });
  expect(steps.children).toHaveLength(7);
  screen.getByText("Place the fields (1 of 3)");
});

test.each([
  ["the first field", 5],
  ["a later field", 7],
])("a sending that stopped at %s shows the line of the fields as stopped", async (_, reached) => {
  const { world, screen } = await sending({ delivery: "failed" });
  world.sending = world.sending && {
    ...world.sending,
    steps: world.sending.steps.map((step, index) => ({
      ...step,
      state: index < reached ? "done" : "planned",
    })),
  };
  emit("dataChanged", { tags: [{ tag: "sendings" }] });
  await settle();
  const steps = [...screen.getByRole("list", { name: "Steps" }).children];
  const stopped = steps.filter((step) => step.textContent?.includes("stopped here"));
  expect(stopped.map((step) => step.textContent)).toEqual([
    expect.stringContaining("Place the fields"),
  ]);
});
