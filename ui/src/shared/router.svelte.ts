/** Which screen is shown. In memory: a desktop window has no address bar. */
import type { DraftId, Place, Problem, ProcedureId, SendingId } from "../host/bindings";

export type Route =
  | { name: "welcome" }
  | { name: "drafts" }
  /** `focus`: the problem whose place takes the focus. */
  | { name: "editor"; draft: DraftId; focus?: Problem }
  | { name: "review"; draft: DraftId }
  | { name: "sending"; id: SendingId }
  | { name: "requests" }
  | { name: "request"; id: ProcedureId }
  | { name: "settings" };

const longestHistory = 50;

class Router {
  #history = $state.raw<Route[]>([{ name: "drafts" }]);

  get route(): Route {
    return this.#history[this.#history.length - 1] ?? { name: "drafts" };
  }

  get canGoBack(): boolean {
    return this.#history.length > 1;
  }

  /** Where *back* leads, if anywhere. */
  get previous(): Route | undefined {
    return this.#history[this.#history.length - 2];
  }

  go(route: Route): void {
    this.#history = [...this.#history, route].slice(-longestHistory);
  }

  /** For screens one does not return to: a sending that was undone, a draft that is gone. */
  replace(route: Route): void {
    const rest = this.#history.slice(0, -1);
    const before = rest[rest.length - 1];
    // Going on to where one came from is going back.
    if (before && isSamePlace(before, route)) rest.pop();
    this.#history = [...rest, route];
  }

  /** One step back, or to `home` where there is none. */
  back(home: Route = { name: "drafts" }): void {
    this.#history = this.canGoBack ? this.#history.slice(0, -1) : [home];
  }

  reset(route: Route): void {
    this.#history = [route];
  }
}

function isSamePlace(a: Route, b: Route): boolean {
  const key = (route: Route) => ("draft" in route ? route.draft : "id" in route ? route.id : "");
  return a.name === b.name && key(a) === key(b);
}

export const router = new Router();

export function routeOf(place: Place): Route {
  switch (place.place) {
    case "home":
      return { name: "drafts" };
    case "draft":
      return { name: "editor", draft: place.id };
    case "sending":
      return { name: "sending", id: place.id };
    case "requests":
      return { name: "requests" };
    case "procedure":
      return { name: "request", id: place.id };
    case "settings":
      return { name: "settings" };
  }
}
