/** Puts a working draft behind the fake host's commands. */
import type { Draft, DraftView, IpcError } from "../../src/host/bindings";
import { staging } from "../fake/accounts";
import type { World } from "../fake/world";
import { DraftHost } from "./draftHost";
import { capabilities } from "./drafts";
import { runsOf, searchIn } from "./pageText";
import { suggestIn } from "./suggested";

export function serve(world: World, draft: Draft): DraftHost {
  const host = new DraftHost(draft, draft.account === null ? null : staging, capabilities);
  const say = <T>(answer: T | null): T => {
    if (answer !== null) return answer;
    const problem: IpcError = {
      code: host.state === "editing" ? "draft_changed" : "draft_locked",
    };
    world.refusals.set("editDraft", problem);
    throw new Error("refused");
  };
  const bodies = world.bodies as {
    -readonly [K in keyof World["bodies"]]: World["bodies"][K];
  };
  bodies.getDraft = () => host.view();
  bodies.editDraft = ({ edit, label }) => say<DraftView>(host.edit(edit, label));
  bodies.undoEdit = () => host.undo();
  bodies.redoEdit = () => host.redo();
  bodies.setFieldDefault = ({ default: made }) => {
    host.fieldDefaults = [made];
    return host.view();
  };
  const pages = () => host.draft.documents.flatMap((document) => document.pages);
  bodies.getPageText = ({ page }) => {
    const found = pages().find(({ id }) => id === page);
    return { runs: found ? runsOf(found) : [] };
  };
  bodies.searchDraft = ({ text, from }) => searchIn(pages(), text, from);
  bodies.suggestFields = ({ from }) => suggestIn(host.draft, host.suggestions, from);
  bodies.checkWords = () =>
    host.wordProblems.map((problem) => ({ problem, blocks: false, mend: null }));
  bodies.suggestPeople = ({ typed }) =>
    [
      { firstName: "Ada", lastName: "Martin", email: "ada@example.org", phone: "" },
      {
        firstName: "Adam",
        lastName: "Nowak",
        email: "adam.nowak@example.org",
        phone: "+48 600 700 800",
      },
    ].filter((known) => known.firstName.toLowerCase().startsWith(typed.trim().toLowerCase()));
  return host;
}
