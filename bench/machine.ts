import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";
import { onnxRuntimeVersion } from "../src/graph/onnx-runtime.ts";

/** Where the figures come from. Without it they mean nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly onnxruntime: string;
  /** Mean number of runnable processes in the last minute before the benchmark; above 0.3 the machine was not idle. */
  readonly loadBefore: number;
  readonly date: string;
}

export function describeMachine(): Machine {
  const [processor, ...others] = cpus();
  return {
    cpu: `${processor?.model.trim() ?? "unknown"}${modelNumber()}`,
    cores: 1 + others.length,
    memoryGiB: Math.round((10 * totalmem()) / 2 ** 30) / 10,
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    onnxruntime: onnxRuntimeVersion(),
    loadBefore: loadavg()[0]!,
    date: new Date().toISOString().slice(0, 16),
  };
}

/** Virtual machines hide the processor's name; family and model number still tell it. */
function modelNumber(): string {
  try {
    const text = readFileSync("/proc/cpuinfo", "utf8");
    const field = (name: string) => new RegExp(`^${name}\\s*: (.*)$`, "m").exec(text)?.[1];
    return ` (family ${field("cpu family")}, model ${field("model")})`;
  } catch {
    return "";
  }
}

export function machineLines(machine: Machine): readonly string[] {
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}`,
    `Node ${machine.node}, onnxruntime ${machine.onnxruntime}, ${machine.date} UTC, load before ${machine.loadBefore.toFixed(2)}`,
  ];
}
