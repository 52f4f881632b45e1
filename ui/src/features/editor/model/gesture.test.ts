import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../../../host/bindings";
import { signature } from "./fixtures";
import { clampToPage, HANDLES, type Point } from "./geometry";
import { PointerGesture, type Stamp, type Surface } from "./gesture";

const A4 = { w: 595, h: 842 };

const nothing: Surface["snap"] = () => ({ by: { x: 0, y: 0 }, guides: [] });

/** Two pages below one another, 10 pixels apart, at 2 pixels a point, scrolled by `scroll`. */
function surface(scroll = { y: 0 }, snap: Surface["snap"] = nothing): Surface {
  const scale = 2;
  const tops: Record<string, number> = { p1: 0, p2: A4.h * scale + 10 };
  const onPage = (page: string, at: Point) => {
    const top = tops[page];
    if (top === undefined) return null;
    return { page, at: { x: at.x / scale, y: (at.y + scroll.y - top) / scale }, size: A4 };
  };
  return {
    snap,
    onPage,
    pageAt: (at) => {
      for (const page of Object.keys(tops)) {
        const on = onPage(page, at);
        if (on && on.at.x >= 0 && on.at.x <= A4.w && on.at.y >= 0 && on.at.y <= A4.h) return on;
      }
      return null;
    },
  };
}

const stamp: Stamp = {
  kind: { type: "signature", mentionAbove: "", mentionBelow: "" },
  type: "signature",
  recipient: "ada",
  size: { w: 180, h: 60 },
  least: { w: 85, h: 37 },
};
/** Where the preview shows a field. */
function spotIn(gesture: PointerGesture, id = "f") {
  const { preview } = gesture;
  return preview?.what === "fields" ? preview.spots.get(id) : undefined;
}
const field: Field = signature("f", "p1", { x: 100, y: 100, w: 180, h: 60 });

describe("moving", () => {
  test("the field follows the pointer in points, whatever the zoom", () => {
    const gesture = new PointerGesture(surface());
    gesture.move([field], { x: 250, y: 250 });
    gesture.to({ x: 290, y: 230 });
    const spots = new Map([["f", { page: "p1", rect: { x: 120, y: 90, w: 180, h: 60 } }]]);
    expect(gesture.preview).toEqual({
      what: "fields",
      spots,
      isResize: false,
      guides: { page: "p1", guides: [] },
    });
    expect(gesture.release({ x: 290, y: 230 })).toEqual({
      what: "changed",
      spots,
      isResize: false,
    });
    expect(gesture.isActive, "a release ends the gesture").toBe(false);
  });

  test("a trembling press is a click and moves nothing", () => {
    const gesture = new PointerGesture(surface());
    gesture.move([field], { x: 250, y: 250 });
    gesture.to({ x: 252, y: 251 });
    expect(gesture.preview).toBeNull();
    expect(gesture.release({ x: 252, y: 251 })).toEqual({ what: "clicked", field });
  });

  test("beside every page a field stays whole on its own, and comes back with the pointer", () => {
    const gesture = new PointerGesture(surface());
    gesture.move([field], { x: 250, y: 250 });
    gesture.to({ x: -4000, y: 4000 });
    expect(spotIn(gesture)).toMatchObject({ page: "p1", rect: { x: 0, y: A4.h - 60 } });
    gesture.to({ x: 260, y: 250 });
    expect(spotIn(gesture)).toMatchObject({ rect: { x: 105, y: 100 } });
  });

  test("scrolling under a still pointer moves the field along the page", () => {
    const scroll = { y: 0 };
    const gesture = new PointerGesture(surface(scroll));
    gesture.move([field], { x: 250, y: 250 });
    gesture.to({ x: 260, y: 250 });
    scroll.y = 200;
    gesture.to({ x: 260, y: 250 });
    expect(spotIn(gesture)).toMatchObject({ rect: { x: 105, y: 200 } });
  });

  test("a cancelled gesture leaves nothing behind", () => {
    const gesture = new PointerGesture(surface());
    gesture.move([field], { x: 250, y: 250 });
    gesture.to({ x: 400, y: 400 });
    gesture.cancel();
    expect(gesture.preview).toBeNull();
    expect(gesture.release({ x: 400, y: 400 })).toEqual({ what: "nothing" });
  });
});

describe("resizing", () => {
  test.each(HANDLES)("the handle %s stops at the page and at the least size", (handle) => {
    for (const to of [-5000, 5000]) {
      const gesture = new PointerGesture(surface());
      gesture.resize(field, handle, { x: 200, y: 200 }, stamp.least);
      const outcome = gesture.release({ x: to, y: to });
      if (outcome.what !== "changed") throw new Error("a long pull is a change");
      const rect = outcome.spots.get("f")?.rect;
      if (!rect) throw new Error("the field is somewhere");
      expect(clampToPage(rect, A4), `${handle} to ${to}`).toEqual(rect);
      expect(rect.w).toBeGreaterThanOrEqual(stamp.least.w);
      expect(rect.h).toBeGreaterThanOrEqual(stamp.least.h);
    }
  });
});

describe("placing", () => {
  test("a stamp dragged from the palette lands under the pointer", () => {
    const gesture = new PointerGesture(surface());
    gesture.carry(stamp, { x: -100, y: 50 });
    expect(gesture.preview, "nothing is shown before the pointer moves").toBeNull();
    gesture.to({ x: -50, y: 50 });
    expect(gesture.preview).toMatchObject({ what: "stamp", landing: null });
    gesture.to({ x: 600, y: 800 });
    const rect = { x: 210, y: 370, w: 180, h: 60 };
    expect(gesture.preview).toMatchObject({ landing: { page: "p1", rect } });
    expect(gesture.release({ x: 600, y: 800 })).toEqual({
      what: "placed",
      stamp,
      page: "p1",
      rect,
    });
  });

  test("released beside every page, nothing is placed", () => {
    const gesture = new PointerGesture(surface());
    gesture.carry(stamp, { x: -100, y: 50 });
    gesture.to({ x: 600, y: 800 });
    expect(gesture.release({ x: -100, y: 60 })).toEqual({ what: "nothing" });
  });

  test("a click in the palette arms the tool", () => {
    const gesture = new PointerGesture(surface());
    gesture.carry(stamp, { x: -100, y: 50 });
    expect(gesture.release({ x: -99, y: 50 })).toEqual({ what: "armed", stamp });
  });

  test("an armed click places the usual size, whole on the page", () => {
    const gesture = new PointerGesture(surface());
    gesture.draw(stamp, { x: 2, y: 2 });
    expect(gesture.release({ x: 3, y: 2 })).toEqual({
      what: "placed",
      stamp,
      page: "p1",
      rect: { x: 0, y: 0, w: 180, h: 60 },
    });
  });

  test("an armed pull draws the rectangle itself, from any corner", () => {
    const gesture = new PointerGesture(surface());
    gesture.draw(stamp, { x: 800, y: 600 });
    expect(gesture.release({ x: 400, y: 400 })).toMatchObject({
      what: "placed",
      rect: { x: 200, y: 200, w: 200, h: 100 },
    });
  });

  test("an armed press between pages is no gesture", () => {
    const gesture = new PointerGesture(surface());
    gesture.draw(stamp, { x: 100, y: A4.h * 2 + 5 });
    expect(gesture.isActive).toBe(false);
  });
});

describe("several", () => {
  const other: Field = signature("g", "p1", { x: 300, y: 700, w: 200, h: 100 });

  test("go the same way, as far as all of them stay on the page", () => {
    const gesture = new PointerGesture(surface());
    gesture.move([field, other], { x: 250, y: 250 });
    gesture.to({ x: 230, y: 270 });
    expect(spotIn(gesture)?.rect).toMatchObject({ x: 90, y: 110 });
    expect(spotIn(gesture, "g")?.rect).toMatchObject({ x: 290, y: 710 });
    gesture.to({ x: 1000, y: 1000 });
    expect(spotIn(gesture)?.rect, "the other one is at the edge").toMatchObject({ x: 195, y: 142 });
    expect(spotIn(gesture, "g")?.rect).toMatchObject({ x: 395, y: 742 });
  });

  test("of one page are carried to another together", () => {
    const gesture = new PointerGesture(surface());
    gesture.move([field, other], { x: 250, y: 250 });
    gesture.to({ x: 250, y: A4.h * 2 + 10 + 150 });
    expect(spotIn(gesture)).toMatchObject({ page: "p2", rect: { x: 100, y: 50 } });
    expect(spotIn(gesture, "g")).toMatchObject({ page: "p2", rect: { x: 300, y: 650 } });
  });

  test("of several pages stay on theirs", () => {
    const far = { ...other, page: "p2" };
    const gesture = new PointerGesture(surface());
    gesture.move([field, far], { x: 250, y: 250 });
    gesture.to({ x: 260, y: A4.h * 2 + 10 + 150 });
    expect(spotIn(gesture)?.page).toBe("p1");
    expect(spotIn(gesture, "g")).toMatchObject({ page: "p2", rect: { y: 742 } });
  });
});

describe("lining up", () => {
  const guide = { what: "line" as const, axis: "x" as const, at: 130, from: 0, to: 10 };
  const snap: Surface["snap"] = (_, rect) => ({
    by: { x: Math.abs(rect.x - 130) < 6 ? 130 - rect.x : 0, y: 0 },
    guides: Math.abs(rect.x - 130) < 6 ? [guide] : [],
  });

  test("a field comes to rest where it lines up, and the guide is shown there", () => {
    const gesture = new PointerGesture(surface({ y: 0 }, snap));
    gesture.move([field], { x: 250, y: 250 });
    gesture.to({ x: 302, y: 250 });
    expect(spotIn(gesture)?.rect.x).toBe(130);
    expect(gesture.preview).toMatchObject({ guides: { page: "p1", guides: [guide] } });
  });

  test("not while it is told not to", () => {
    const gesture = new PointerGesture(surface({ y: 0 }, snap));
    gesture.move([field], { x: 250, y: 250 });
    gesture.to({ x: 302, y: 250 }, true);
    expect(spotIn(gesture)?.rect.x).toBe(126);
    expect(gesture.preview).toMatchObject({ guides: { guides: [] } });
  });

  test("what is held by a handle asks for the edges that move, and without itself", () => {
    const asked: unknown[] = [];
    const gesture = new PointerGesture(
      surface({ y: 0 }, (page, _, parts, without) => {
        asked.push([page, parts, [...without]]);
        return { by: { x: 2, y: 5000 }, guides: [] };
      }),
    );
    gesture.resize(field, "se", { x: 560, y: 320 }, stamp.least);
    gesture.to({ x: 570, y: 320 });
    expect(asked).toEqual([["p1", { x: ["end"], y: ["end"] }, ["f"]]]);
    expect(spotIn(gesture)?.rect, "the page has the last word").toEqual({
      x: 100,
      y: 100,
      w: 187,
      h: A4.h - 100,
    });
  });
});

describe("enclosing", () => {
  test("pulls a rectangle open on one page", () => {
    const gesture = new PointerGesture(surface());
    gesture.enclose({ x: 400, y: 600 });
    expect(gesture.preview).toBeNull();
    gesture.to({ x: 200, y: 9000 });
    expect(gesture.preview).toEqual({
      what: "enclose",
      page: "p1",
      rect: { x: 100, y: 300, w: 100, h: A4.h - 300 },
    });
    expect(gesture.release({ x: 200, y: 400 })).toEqual({
      what: "enclosed",
      page: "p1",
      rect: { x: 100, y: 200, w: 100, h: 100 },
    });
  });

  test("a mere press encloses nothing", () => {
    const gesture = new PointerGesture(surface());
    gesture.enclose({ x: 400, y: 600 });
    expect(gesture.release({ x: 401, y: 600 })).toEqual({
      what: "enclosed",
      page: "p1",
      rect: null,
    });
  });
});

test("whatever the pointer does, what is placed or changed lies on its page", () => {
  const points = fc.record({
    x: fc.integer({ min: -3000, max: 6000 }),
    y: fc.integer({ min: -3000, max: 6000 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom("carry", "draw", "move", ...HANDLES),
      fc.array(points, { minLength: 2, maxLength: 8 }),
      (kind, path) => {
        const gesture = new PointerGesture(surface());
        const [from, ...rest] = path;
        const last = path[path.length - 1];
        if (!from || !last) return;
        if (kind === "carry") gesture.carry(stamp, from);
        else if (kind === "draw") gesture.draw(stamp, from);
        else if (kind === "move") gesture.move([field], from);
        else gesture.resize(field, kind, from, stamp.least);
        for (const at of rest) gesture.to(at);
        const outcome = gesture.release(last);
        if (outcome.what !== "placed" && outcome.what !== "changed") return;
        const rect = outcome.what === "placed" ? outcome.rect : outcome.spots.get("f")?.rect;
        if (!rect) throw new Error("the field is somewhere");
        expect(rect.x).toBeGreaterThanOrEqual(-1e-9);
        expect(rect.y).toBeGreaterThanOrEqual(-1e-9);
        expect(rect.x + rect.w).toBeLessThanOrEqual(A4.w + 1e-9);
        expect(rect.y + rect.h).toBeLessThanOrEqual(A4.h + 1e-9);
        expect(rect.w).toBeGreaterThan(0);
        expect(rect.h).toBeGreaterThan(0);
      },
    ),
  );
});
