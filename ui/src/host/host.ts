/** The commands as functions that return what was asked for or throw a `HostError`. */
import { commands } from "./bindings";
import type { IpcError } from "./bindings";

type Result<T> = { status: "ok"; data: T } | { status: "error"; error: IpcError };
type Commands = typeof commands;
type Unwrapped<F> = F extends (request: infer R) => Promise<Result<infer T>>
  ? (request: R) => Promise<T>
  : never;
export type Host = { [K in keyof Commands]: Unwrapped<Commands[K]> };

export class HostError extends Error {
  readonly problem: IpcError;

  constructor(problem: IpcError) {
    super(problem.code);
    this.name = "HostError";
    this.problem = problem;
  }
}

function unwrap<R, T>(command: (request: R) => Promise<Result<T>>) {
  return async (request: R): Promise<T> => {
    const result = await command(request);
    if (result.status === "error") throw new HostError(result.error);
    return result.data;
  };
}

export const host = Object.fromEntries(
  Object.entries(commands).map(([name, command]) => [
    name,
    unwrap(command as (request: unknown) => Promise<Result<unknown>>),
  ]),
) as Host;

/** Every failure as one of ours: what the bridge itself throws is a fault of ours too. */
export function problemOf(error: unknown): IpcError {
  if (error instanceof HostError) return error.problem;
  return { code: "internal", detail: error instanceof Error ? error.message : String(error) };
}
