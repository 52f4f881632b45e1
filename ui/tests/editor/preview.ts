/** The editor alone in an ordinary browser, for looking at it. The address says which draft. */
import { mount } from "svelte";
import { useLanguage } from "../../src/messages";
import "../../src/shared/base.css";
import { start } from "../fake/bindings";
import * as drafts from "./drafts";
import { serve } from "./host";
import Preview from "./Preview.svelte";
import { suggested } from "./suggested";

const asked = new URLSearchParams(location.search);
const target = document.getElementById("app");
if (!target) throw new Error("index.html lacks #app");
const name = (asked.get("draft") ?? "usual") as "usual" | "empty" | "crowded" | "long";
const world = start({ accounts: "all" });
const host = serve(world, drafts[name]);
if (asked.has("suggestions")) host.suggestions = suggested;
if (asked.has("sent")) host.state = "sent";
Object.assign(globalThis, { draftHost: host });
useLanguage(asked.get("language") === "fr" ? "french" : "english");
document.documentElement.dataset["theme"] = asked.get("theme") ?? "light";
mount(Preview, { target });
