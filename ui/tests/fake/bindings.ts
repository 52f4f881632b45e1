/** Stands where the generated bindings stand. */
import type { events as real } from "../../src/host/bindings";
import { type Commands, type Scenario, World } from "./world";

type Events = typeof real;
type Payload<K extends keyof Events> = Parameters<Parameters<Events[K]["listen"]>[0]>[0]["payload"];
type Listener = (event: { payload: unknown }) => void;

const listeners = new Map<keyof Events, Set<Listener>>();

export function emit<K extends keyof Events>(name: K, payload: Payload<K>): void {
  for (const listener of listeners.get(name) ?? []) listener({ payload });
}

export let world = begin({});

/** Begins anew; what was shown before is forgotten. */
export function start(scenario: Scenario): World {
  world = begin(scenario);
  return world;
}

function begin(scenario: Scenario): World {
  const next = new World(scenario);
  next.listening = () => [...listeners].filter(([, of]) => of.size > 0).map(([name]) => name);
  next.changed = (tags) => emit("dataChanged", { tags });
  return next;
}

export const commands = new Proxy({} as Commands, {
  get: (_, name) => (request: never) => world.answer(name as keyof Commands, request),
  ownKeys: () => Object.keys(world.bodies),
  getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
});

export const events = new Proxy({} as Events, {
  get: (_, name) => ({
    listen: (listener: Listener) => {
      const key = name as keyof Events;
      const of = listeners.get(key) ?? new Set();
      listeners.set(key, of.add(listener));
      return Promise.resolve(() => of.delete(listener));
    },
  }),
});
