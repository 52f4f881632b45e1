import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";

// Axe measures letters on a canvas, which jsdom has not; it goes on without.
HTMLCanvasElement.prototype.getContext = () => null;

afterEach(() => cleanup());
