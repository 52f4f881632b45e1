import { expect, test } from "vitest";
import { waitFor, within } from "@testing-library/svelte";
import { sought } from "../../src/features/requests/sought.svelte";
import { router } from "../../src/shared/router.svelte";
import { emit } from "../fake/bindings";
import type { World } from "../fake/world";
import { menuItem, open, settle } from "./open";

const list = (procedures: number) => {
  sought.clear();
  sought.sort = "newest";
  return open({ accounts: "all", procedures }, { name: "requests" });
};

test("five thousand requests put a screenful into the page", async () => {
  const { world, screen } = await list(5000);
  const rows = within(screen.getByRole("list", { name: "Signature requests" })).getAllByRole(
    "listitem",
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.length, "the rest is drawn when it is scrolled to").toBeLessThan(40);
  expect(rows[0]?.getAttribute("aria-setsize")).toBe("5000");
  expect(
    world.asked("listProcedures").every(({ limit, offset }) => limit <= 100 && offset === 0),
    "and read then",
  ).toBe(true);
});

test("a row says who is waited for, since when, and whose turn it is", async () => {
  const { screen } = await list(7);
  screen.getByText("Waiting for Camille Durand for 3 days");
  screen.getByText("Everybody signed");
  screen.getByText(/Refused by/u);
  screen.getByText("awaiting_qualification");
});

test("filters and orders are the host's to apply", async () => {
  const { world, screen, user } = await list(7);
  await user.click(screen.getByRole("radio", { name: /^Completed/u }));
  await settle();
  expect(world.asked("listProcedures").at(-1)).toMatchObject({ filter: "completed" });
  await user.type(screen.getByRole("searchbox"), "weiss");
  await screen.findByText("Contrat de travail – Noah Weiss");
  await user.type(screen.getByRole("searchbox"), "zzz");
  await screen.findByText("Nothing found");
  await user.click(screen.getByRole("button", { name: "Show all" }));
  await screen.findByText("Mandat de vente Dupont");
});

/** What the list says from now on, beside its rows. */
function listSays(world: World, by: Partial<ReturnType<World["bodies"]["listProcedures"]>>) {
  const bodies = world.bodies as { listProcedures: World["bodies"]["listProcedures"] };
  const { listProcedures } = bodies;
  bodies.listProcedures = (asked) => ({ ...listProcedures(asked), ...by });
}

test("a refresh shows until the providers answered", async () => {
  const { world, screen, user } = await list(7);
  const asOf = "2026-11-20T14:32:00Z";
  listSays(world, { asOf });
  emit("dataChanged", { tags: [{ tag: "procedures" }] });
  await settle();
  const button = screen.getByRole("button", { name: "Refresh" });
  await user.click(button);
  await user.click(button);
  await settle();
  expect(world.asked("refresh"), "a second click asks nobody").toHaveLength(1);
  expect(button.getAttribute("aria-busy")).toBe("true");
  screen.getByText("Refreshing…");
  emit("dataChanged", { tags: [{ tag: "procedures" }] });
  await settle();
  expect(button.getAttribute("aria-busy"), "another account has not answered").toBe("true");
  listSays(world, { asOf: "2026-11-20T15:00:00Z" });
  emit("dataChanged", { tags: [{ tag: "procedures" }] });
  await waitFor(() => expect(button.getAttribute("aria-busy")).toBeNull());
  expect(screen.queryByText("Refreshing…")).toBeNull();
});

test("a refresh that cannot be ordered is over and says so", async () => {
  const { world, screen, user } = await list(7);
  world.refusals.set("refresh", { code: "in_use" });
  await user.click(screen.getByRole("button", { name: "Refresh" }));
  await screen.findByRole("alert");
  expect(screen.getByRole("button", { name: "Refresh" }).getAttribute("aria-busy")).toBeNull();
});

test("of several accounts the one in trouble is named, and it is heard once", async () => {
  const { world, screen } = await list(7);
  const accounts = world.app.accounts.map((account) =>
    account.id === "acc-live" ? { ...account, trouble: { trouble: "offline" as const } } : account,
  );
  world.app = { ...world.app, accounts };
  listSays(world, { trouble: { trouble: "offline" } });
  emit("dataChanged", { tags: [{ tag: "app_state" }, { tag: "procedures" }] });
  const line = await screen.findByText("Cabinet Lefèvre: No connection");
  expect(line.getAttribute("role")).toBe("status");
  let changes = 0;
  const watch = new MutationObserver(() => (changes += 1));
  watch.observe(line, { childList: true, characterData: true, subtree: true });
  emit("dataChanged", { tags: [{ tag: "procedures" }] });
  await settle();
  expect(changes, "asked again, nothing is said again").toBe(0);
  listSays(world, { trouble: null });
  emit("dataChanged", { tags: [{ tag: "procedures" }] });
  await waitFor(() => expect(line.textContent?.trim()).toBe("The signing service answers again."));
  watch.disconnect();
});

test("nobody is reminded before who it is has been shown", async () => {
  const { world, screen, user } = await list(12);
  await user.click(screen.getByRole("button", { name: /^Remind all overdue/u }));
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("reminded less than a day ago");
  expect(world.asked("remind"), "a preview is no reminder").toEqual([]);
  const [previewed] = world.asked("previewReminders");
  await user.click(screen.getByRole("button", { name: /^Remind \d+ people/u }));
  await settle();
  const [reminded] = world.asked("remind");
  expect(reminded?.procedures.length, "who is skipped is not reminded").toBe(
    (previewed?.procedures.length ?? 0) - 1,
  );
});

test("reminders that did not go out are listed with why", async () => {
  const { world, screen, user } = await list(7);
  world.reminded = [
    { procedure: "q0", name: "Bail", result: { result: "unclear" } },
    { procedure: "q1", name: "Mandat", result: { result: "failed", trouble: { trouble: "gone" } } },
  ];
  await user.click(screen.getByRole("button", { name: /^Remind all overdue/u }));
  await user.click(await screen.findByRole("button", { name: /^Remind \d+ (people|person)/u }));
  const dialog = await screen.findByRole("dialog", { name: "Not every reminder went out" });
  expect(dialog.textContent).toContain("so it is not repeated");
  expect(dialog.textContent).toContain("does not have this request any more");
});

const request = (id: string) => open({ accounts: "all" }, { name: "request", id });

test("a signing link is copied only after its warning", async () => {
  const { world, screen, user } = await request("q1");
  await user.click(screen.getByRole("button", { name: "More actions for “Grace O’Connor”" }));
  await user.click(await menuItem("Copy the signing link…"));
  await screen.findByText(/Whoever holds this link may sign in the place of Grace O’Connor/u);
  expect(world.asked("copySigningLink")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Copy the link" }));
  await settle();
  expect(world.asked("copySigningLink")).toEqual([{ procedure: "q1", participant: "p2" }]);
});

test("a request is stopped by a second click, and the safe one has the focus", async () => {
  const { world, screen, user } = await request("q1");
  await user.click(screen.getByRole("button", { name: "Stop the request…" }));
  const keep = await screen.findByRole("button", { name: "Change nothing" });
  expect(document.activeElement).toBe(keep);
  await user.click(screen.getByRole("button", { name: "Stop the request" }));
  await settle();
  expect(world.asked("stopProcedure")).toEqual([{ procedure: "q1" }]);
  screen.getByText("Stopped");
});

test("a request that was completed meanwhile is not said to be stopped", async () => {
  const { world, screen, user } = await request("q1");
  const bodies = world.bodies as { stopProcedure: World["bodies"]["stopProcedure"] };
  bodies.stopProcedure = ({ procedure }) => {
    const view = world.bodies.getProcedure({ procedure });
    return { ...view, row: { ...view.row, status: { status: "completed" } } };
  };
  await user.click(screen.getByRole("button", { name: "Stop the request…" }));
  await user.click(await screen.findByRole("button", { name: "Stop the request" }));
  await screen.findByText("The request could not be stopped any more: Completed");
  expect(screen.queryByText("The request is stopped.")).toBeNull();
});

test("a request that is corrected is stopped and opens as a draft", async () => {
  const { world, screen, user } = await request("q1");
  await user.click(screen.getByRole("button", { name: "Correct…" }));
  screen.getByText(/^Signed so far: .+ they have to sign again\.$/u);
  expect(world.asked("correctProcedure"), "not before it is confirmed").toEqual([]);
  await user.click(await screen.findByRole("button", { name: "Stop and correct" }));
  await settle();
  expect(world.asked("correctProcedure")).toEqual([{ procedure: "q1" }]);
  expect(router.route).toEqual({ name: "editor", draft: "d1" });
});

test("a request that ended leads to what takes its place, or to a new draft", async () => {
  const { world, screen, user } = await request("q1");
  const bodies = world.bodies as { getProcedure: World["bodies"]["getProcedure"] };
  const view = bodies.getProcedure({ procedure: "q1" });
  const row = { ...view.row, status: { status: "declined" as const } };
  bodies.getProcedure = () => ({ ...view, row });
  emit("dataChanged", { tags: [{ tag: "procedure", id: "q1" }] });
  await screen.findByRole("button", { name: "Correct and send again" });
  bodies.getProcedure = () => ({
    ...view,
    row,
    correctedBy: { draft: "d2", procedure: "q2" },
  });
  emit("dataChanged", { tags: [{ tag: "procedure", id: "q1" }] });
  await user.click(await screen.findByRole("button", { name: "Show the correction" }));
  expect(screen.queryByRole("button", { name: "Correct and send again" })).toBeNull();
  expect(router.route).toEqual({ name: "request", id: "q2" });
  expect(world.asked("correctProcedure"), "nothing is made twice").toEqual([]);
});

test("a request that everybody signed meanwhile is not corrected", async () => {
  const { world, screen, user } = await request("q1");
  const bodies = world.bodies as { correctProcedure: World["bodies"]["correctProcedure"] };
  bodies.correctProcedure = ({ procedure }) => {
    const view = world.bodies.getProcedure({ procedure });
    const row = { ...view.row, status: { status: "completed" as const } };
    return { procedure: { ...view, row }, draft: null };
  };
  await user.click(screen.getByRole("button", { name: "Correct…" }));
  await user.click(await screen.findByRole("button", { name: "Stop and correct" }));
  await screen.findByText("The request could not be stopped any more: Completed");
  expect(screen.queryByRole("button", { name: /Correct/u }), "nothing to correct").toBeNull();
});

test("in practice one signs in the place of whoever has the turn, and of nobody else", async () => {
  const { world, screen, user } = await request("q1");
  const buttons = screen.getAllByRole("button", { name: /^Sign as /u });
  expect(buttons.map((button) => button.getAttribute("aria-label"))).toEqual([
    "Sign as Grace O’Connor",
  ]);
  await user.click(screen.getByRole("button", { name: "Sign as Grace O’Connor" }));
  await settle();
  expect(world.asked("signAs")).toEqual([{ procedure: "q1", participant: "p2" }]);
});

test("with a real provider nobody signs here", async () => {
  const { screen } = await request("q0");
  expect(screen.queryByRole("button", { name: /^Sign as /u })).toBeNull();
  expect(screen.queryByRole("button", { name: "Open the mailbox" })).toBeNull();
});

test("a vanished file says so and offers nothing that cannot work", async () => {
  const { world, screen, user } = await request("q2");
  screen.getByText(/No longer in its folder/u);
  expect(screen.queryByRole("button", { name: /^Open .*proof/u })).toBeNull();
  await user.click(screen.getByRole("button", { name: /^Open .*signed/u }));
  await settle();
  expect(world.asked("openFile")).toEqual([{ procedure: "q2", file: "f1" }]);
});

test("places asked for and found stand side by side, in millimetres", async () => {
  const { screen } = await request("q2");
  const row = screen.getByRole("row", { name: /O’Connor/u });
  expect(row.textContent).toContain("25.4 × 216.1");
  expect(row.textContent).toContain("25.4 × 215.9");
  expect(row.textContent).toContain("0.18 mm");
  screen.getByText("not found");
});

test("back leads to the list", async () => {
  const { screen, user } = await request("q1");
  await user.click(screen.getByRole("button", { name: "All requests" }));
  expect(router.route).toEqual({ name: "requests" });
});

test("a request that is open hears that the connection was lost, and that it is back", async () => {
  const { world, screen } = await request("q1");
  const bodies = world.bodies as { getProcedure: World["bodies"]["getProcedure"] };
  const { getProcedure } = bodies;
  bodies.getProcedure = (asked) => ({ ...getProcedure(asked), trouble: { trouble: "offline" } });
  emit("dataChanged", { tags: [{ tag: "procedures" }] });
  const line = await screen.findByText("No connection");
  expect(line.getAttribute("role"), "a screen reader says it").toBe("status");
  bodies.getProcedure = getProcedure;
  emit("dataChanged", { tags: [{ tag: "procedures" }] });
  await waitFor(() => expect(screen.queryByText("No connection")).toBeNull());
  expect(line.textContent?.trim()).toBe("The signing service answers again.");
});

test("a request that is gone says so", async () => {
  const { screen } = await request("nope");
  await screen.findByText("This request is not there any more.");
});
