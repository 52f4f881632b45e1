import { describe, expect, test } from "vitest";
import type { Draft, DraftEdit, DraftView, IpcError, Rect } from "../../../host/bindings";
import { applied } from "./apply";
import { addPerson, moveDocument, placeField, removePerson } from "./edits";
import { placeAgain } from "./fieldEdits";
import { draft, person, signature, view } from "./fixtures";
import { HostError } from "../../../host/host";
import { type DraftHost, EditQueue } from "./queue";

/** A host that answers only when told to, and keeps the order in which it was asked. */
class SlowHost implements DraftHost {
  asked: string[] = [];
  edits: DraftEdit[] = [];
  draft: Draft;
  #open: ((error: IpcError | null) => void)[] = [];

  constructor(from: Draft) {
    this.draft = from;
  }

  edit(edit: DraftEdit, label: string) {
    this.edits.push(edit);
    return this.#answer(label, () => {
      this.draft = {
        ...(applied(this.draft, edit) ?? this.draft),
        revision: this.draft.revision + 1,
      };
    });
  }
  undo() {
    return this.#answer("undo", () => {});
  }
  redo() {
    return this.#answer("redo", () => {});
  }
  load() {
    this.asked.push("load");
    return Promise.resolve(view(this.draft));
  }

  /** Answers the oldest open question, and waits until the queue has taken note. */
  async answer(error: IpcError | null = null) {
    this.#open.shift()?.(error);
    await new Promise((done) => setTimeout(done, 0));
  }

  #answer(what: string, effect: () => void) {
    this.asked.push(what);
    return new Promise<DraftView>((resolve, reject) => {
      this.#open.push((error) => {
        if (error) return reject(new HostError(error));
        effect();
        resolve(view(this.draft));
      });
    });
  }
}

function start(from: Draft = draft()) {
  const host = new SlowHost(from);
  const shown: Draft[] = [];
  const refused: IpcError[] = [];
  const queue = new EditQueue(
    host,
    view(from),
    (_, next) => shown.push(next),
    (error) => refused.push(error),
  );
  return { host, queue, shown, refused };
}

const rect = { x: 10, y: 10, w: 180, h: 60 };

describe("the queue of edits", () => {
  test("shows an edit at once and asks the host one thing at a time, in order", async () => {
    const { host, queue } = start();
    queue.push(placeField(queue.shown, signature("f1", "p1", rect)));
    queue.push(placeField(queue.shown, signature("f2", "p1", rect)));
    expect(queue.shown.fields.map((field) => field.id)).toEqual(["f1", "f2"]);
    expect(queue.view.draft.fields, "the host has answered nothing yet").toEqual([]);
    expect(host.asked).toHaveLength(1);
    await host.answer();
    expect(host.asked).toHaveLength(2);
    expect(queue.view.draft.fields.map((field) => field.id)).toEqual(["f1"]);
    expect(queue.shown.fields.map((field) => field.id)).toEqual(["f1", "f2"]);
    await host.answer();
    expect(host.draft.fields.map((field) => field.id)).toEqual(["f1", "f2"]);
    await queue.settled();
    expect(queue.shown).toEqual(host.draft);
  });

  test("undo waits for the edits before it", async () => {
    const { host, queue } = start();
    queue.push(placeField(queue.shown, signature("f1", "p1", rect)));
    queue.undo();
    expect(host.asked).toEqual(["editor_step_place_signature"]);
    await host.answer();
    expect(host.asked).toEqual(["editor_step_place_signature", "undo"]);
    await host.answer();
    queue.redo();
    expect(host.asked.at(-1)).toBe("redo");
  });

  test.each([{ code: "draft_changed" }, { code: "draft_locked" }] as IpcError[])(
    "a refusal ($code) takes back the edit and all that followed, and says so once",
    async (error) => {
      const { host, queue, refused } = start();
      queue.push(placeField(queue.shown, signature("f1", "p1", rect)));
      queue.push(placeField(queue.shown, signature("f2", "p1", rect)));
      queue.push(addPerson(queue.shown, person("bob")));
      await host.answer();
      await host.answer(error);
      await queue.settled();
      expect(refused).toEqual([error]);
      expect(queue.shown.fields.map((field) => field.id)).toEqual(["f1"]);
      expect(queue.shown.recipients.map(({ id }) => id)).toEqual(["ada"]);
      expect(host.edits, "what followed is not sent").toHaveLength(2);
      queue.push(addPerson(queue.shown, person("bob")));
      await host.answer();
      expect(host.draft.recipients, "and the queue goes on").toHaveLength(2);
    },
  );

  test("a host that throws is a refusal, not a stopped queue", async () => {
    const refused: IpcError[] = [];
    const host = new SlowHost(draft());
    host.edit = () => Promise.reject(new Error("the bridge is gone"));
    const queue = new EditQueue(
      host,
      view(),
      () => {},
      (error) => refused.push(error),
    );
    queue.push(addPerson(queue.shown, person("bob")));
    await queue.settled();
    expect(refused).toEqual([{ code: "internal", detail: "the bridge is gone" }]);
    expect(queue.shown.recipients).toHaveLength(1);
  });

  test("an older view does not replace a newer one", () => {
    const { queue } = start(draft({ revision: 5 }));
    queue.receive(view(draft({ revision: 4, title: "old" })));
    expect(queue.shown.title).toBe("Lease");
    queue.receive(view(draft({ revision: 6, title: "new" })));
    expect(queue.shown.title).toBe("new");
  });
});

describe("what an edit shows before it is answered", () => {
  const field = signature("f1", "p2", rect);
  const base = draft({ fields: [field], recipients: [person("ada"), person("bob")] });

  test("a person takes their fields along", () => {
    const after = applied(base, removePerson("ada").edit);
    expect(after?.recipients.map(({ id }) => id)).toEqual(["bob"]);
    expect(after?.fields).toEqual([]);
  });

  test("a document takes its fields along", () => {
    const after = applied(base, { edit: "remove_document", document: "lease" });
    expect(after?.documents).toEqual([]);
    expect(after?.fields).toEqual([]);
  });

  test("a batch is all or nothing", () => {
    const edits = [0, 1].map(() => ({ edit: "remove_field" as const, field: field.id }));
    expect(applied(base, { edit: "batch", edits }), "the second names what is gone").toBeNull();
  });

  test("an edit of something that is not there shows nothing", () => {
    expect(applied(base, { edit: "remove_field", field: "none" })).toBeNull();
    expect(applied(base, { edit: "rename_document", document: "none", name: "x" })).toBeNull();
    expect(applied(base, { edit: "move_recipient", recipient: "none", to: 0 })).toBeNull();
  });

  test("a gesture that ends where it began is no edit", () => {
    const to = (by: Partial<Rect>) =>
      placeAgain(
        [field],
        new Map([[field.id, { page: field.page, rect: { ...rect, ...by } }]]),
        "move",
      );
    expect(to({ x: rect.x + 0.001 })).toBeNull();
    expect(to({ x: 11 })?.label).toBe("editor_step_move_field");
    expect(moveDocument(base, "lease", 3), "the only document is last already").toBeNull();
  });
});
