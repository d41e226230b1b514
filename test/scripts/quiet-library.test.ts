import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { machineCodeOf } from "../../scripts/machine-code.ts";
import { hasTelemetryGroup, quietLibrary } from "../../scripts/quiet-library.ts";

const runtime = resolve(import.meta.dirname, "../../node_modules/onnxruntime-node/bin/napi-v6");

describe.each(["x64", "arm64"])("onnxruntime.dll for %s", (machine) => {
  const library = readFileSync(join(runtime, "win32", machine, "onnxruntime.dll"));

  test("as it comes is in Windows' telemetry group; made quiet it is not, and nothing else has changed.", () => {
    expect(hasTelemetryGroup(library)).toBe(true);
    const quiet = quietLibrary(library);
    expect(hasTelemetryGroup(quiet)).toBe(false);
    expect(machineCodeOf(quiet)).toEqual(machineCodeOf(library));
    let changed = 0;
    for (let at = 0; at < quiet.length; at++) if (quiet[at] !== library[at]) changed++;
    // The kind and the sixteen bytes of the group; the place and size of the signature, and the sum.
    expect(changed).toBeGreaterThan(17);
    expect(changed).toBeLessThanOrEqual(17 + 8 + 4);
    expect(library.length - quiet.length).toBeGreaterThan(9000);
  });

  test("that is quiet already, or unknown, is refused.", () => {
    expect(() => quietLibrary(quietLibrary(library))).toThrow(/telemetry group/);
  });
});
