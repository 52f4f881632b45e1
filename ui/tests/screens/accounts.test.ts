import { expect, test } from "vitest";
import { emit } from "../fake/bindings";
import { menuItem, open, settle } from "./open";

test("practice is one click away", async () => {
  const { world, screen, user } = await open({ accounts: "none", drafts: "none" });
  await user.click(screen.getByRole("button", { name: "Start practising" }));
  await settle();
  expect(world.asked("addPracticeAccount")).toHaveLength(1);
  screen.getByRole("heading", { name: "Drop a PDF here" });
});

async function connecting() {
  const opened = await open({ accounts: "none" });
  await opened.user.click(opened.screen.getByRole("button", { name: "Connect an account" }));
  return { ...opened, submit: () => opened.screen.getByRole("button", { name: /^Check|^Keep/u }) };
}

test("an account is not tried before its environment has been chosen", async () => {
  const { world, screen, user, submit } = await connecting();
  await user.type(screen.getByLabelText("API key"), "k3y");
  await user.click(submit());
  screen.getByText("Choose test or live.");
  expect(world.asked("addYousignV2Account")).toEqual([]);
});

test("the key goes to the host once and stays nowhere on the page", async () => {
  const { world, screen, user, submit } = await connecting();
  await user.click(screen.getByRole("radio", { name: "Live" }));
  const input = screen.getByLabelText("API key");
  expect(input.getAttribute("type"), "nobody reads it over a shoulder").toBe("password");
  await user.type(input, "  s3cret ");
  await user.click(submit());
  await settle();
  expect(world.asked("addYousignV2Account")).toEqual([
    { name: "Yousign", environment: "live", key: "s3cret", keep: "in_keychain" },
  ]);
  expect(document.documentElement.outerHTML).not.toContain("s3cret");
});

test("without a keychain the key can be kept for this run, and only after that was said", async () => {
  const { world, screen, user, submit } = await connecting();
  world.refusals.set("addYousignV2Account", { code: "keychain_unavailable", reason: "absent" });
  await user.click(screen.getByRole("radio", { name: "Test" }));
  await user.type(screen.getByLabelText("API key"), "k3y");
  await user.click(submit());
  await screen.findByText(/No keychain is running on this computer/u);
  world.refusals.clear();
  await user.click(screen.getByRole("button", { name: "Keep for this run only" }));
  await settle();
  expect(world.asked("addYousignV2Account").map(({ keep }) => keep)).toEqual([
    "in_keychain",
    "for_this_run",
  ]);
});

test("where there is no keychain, that is said before a key is typed", async () => {
  const { world, screen, user } = await open({ accounts: "none" });
  world.keychain = "absent";
  await user.click(screen.getByRole("button", { name: "Connect an account" }));
  await screen.findByText(/No keychain is running on this computer/u);
  expect(world.asked("addYousignV2Account")).toEqual([]);
  await user.click(screen.getByRole("radio", { name: "Test" }));
  await user.type(screen.getByLabelText("API key"), "k3y");
  await user.click(screen.getByRole("button", { name: "Keep for this run only" }));
  await settle();
  expect(world.asked("addYousignV2Account").map(({ keep }) => keep)).toEqual(["for_this_run"]);
});

test("a key that is refused says so and keeps what was typed", async () => {
  const { world, screen, user, submit } = await connecting();
  world.refusals.set("addYousignV2Account", { code: "key_rejected" });
  await user.click(screen.getByRole("radio", { name: "Test" }));
  await user.type(screen.getByLabelText("API key"), "k3y");
  await user.click(submit());
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("does not accept this key");
  expect((screen.getByLabelText("API key") as HTMLInputElement).value).toBe("k3y");
});

test("whoever has no key is told who makes one, and gets a message ready", async () => {
  const { world, screen, user } = await open({ accounts: "none" });
  await user.click(screen.getByRole("button", { name: "I have no key" }));
  screen.getByText(/An administrator of your company/u);
  screen.getByText(/Never by e-mail/u);
  await user.click(screen.getByRole("button", { name: "Copy the message" }));
  await user.click(screen.getByRole("radio", { name: "Test" }));
  await user.click(screen.getByRole("button", { name: "Copy the message" }));
  await settle();
  expect(world.asked("requestKey"), "test and live have keys of their own").toEqual([
    { environment: "live", how: "copy" },
    { environment: "test", how: "copy" },
  ]);
});

test.each([
  [{ key: { state: "missing" as const } }, /is missing, so nothing can be sent/u],
  [{ trouble: { trouble: "key_rejected" as const } }, /is no longer accepted/u],
  [
    { key: { state: "keychain_unavailable" as const, reason: "locked" as const } },
    /cannot be read\. The keychain of this computer is locked/u,
  ],
])("a key that cannot be used is said, and can be given again: %o", async (patch, sentence) => {
  const { world, screen, user } = await open({ accounts: "live" });
  const accounts = world.app.accounts.map((account) =>
    account.id === "acc-live" ? { ...account, ...patch } : account,
  );
  world.app = { ...world.app, accounts };
  emit("dataChanged", { tags: [{ tag: "app_state" }] });
  await screen.findByText(sentence);
  await user.click(screen.getByRole("button", { name: "Enter the key" }));
  await user.type(await screen.findByLabelText("API key"), "new");
  await user.click(screen.getByRole("button", { name: "Check and connect" }));
  await settle();
  expect(world.asked("replaceKey")).toEqual([
    { account: "acc-live", key: "new", keep: "in_keychain" },
  ]);
  expect(screen.queryByText(sentence)).toBeNull();
});

test("an account is removed only after a second click", async () => {
  const { world, screen, user } = await open({ accounts: "all" }, { name: "settings" });
  await user.click(screen.getByRole("button", { name: "More actions for “Practice”" }));
  await user.click(await menuItem("Remove…"));
  expect(world.asked("removeAccount")).toEqual([]);
  await user.click(await screen.findByRole("button", { name: "Remove" }));
  await settle();
  expect(world.asked("removeAccount")).toEqual([{ account: "acc-practice" }]);
});

test("the language changes at once, and what was typed stays", async () => {
  const { screen, user } = await open({ accounts: "all" }, { name: "requests" });
  const search = screen.getByRole("searchbox");
  await user.type(search, "bail");
  const { host } = await import("../../src/host/host");
  await host.updateSettings({ language: "french" });
  await settle();
  screen.getByRole("heading", { name: "Demandes" });
  expect(screen.getByRole("searchbox")).toBe(search);
  expect((search as HTMLInputElement).value).toBe("bail");
  expect(document.documentElement.lang).toBe("fr");
});
