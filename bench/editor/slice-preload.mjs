// Loaded into the server before its own code: writes slices that took long, with the functions they ended in.
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";

const longMs = 30;
const shownFunctions = 5;
/** Every slice ends in these. */
const always = new Set(["add", "breathe", "read", "Promise.all"]);

Error.stackTraceLimit = 30;
let usedMs = 0;

/** Processor time of the thread so far: on a busy machine a slice may take long and do little. */
function processorMs() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

subscribe("idiolect:slice", ({ priority, ms, stack }) => {
  const cpuMs = processorMs() - usedMs;
  usedMs += cpuMs;
  if (ms < longMs) return;
  const functions = [...stack.matchAll(/^ +at (?:async )?(?:new )?([\w.#$<>]+) \(/gm)]
    .map(([, name]) => name.replace(/^.*\./, "").replace("#", ""))
    .filter((name) => !always.has(name));
  const name = `${priority}: ${functions.slice(0, shownFunctions).join(" < ")}`;
  appendFileSync(process.env.IDIOLECT_SLICES, `${JSON.stringify({ name, ms, cpuMs })}\n`);
});
