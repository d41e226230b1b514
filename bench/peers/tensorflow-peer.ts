/*
 * The prompt-learning step in TensorFlow.js with its WebAssembly backend, for the benchmark. Reads one
 * JSON request a line and answers each with one line. Under Node the backend has SIMD but one thread:
 * its own detection turns threads off there (https://github.com/tensorflow/tfjs/issues/3830).
 */
import { createInterface } from "node:readline";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { Safetensors } from "../../src/plm/files/safetensors.ts";
import type { LoadRequest, PeerAnswer, PeerRequest, StepRequest } from "./peer-messages.ts";
import { TensorflowBert } from "./tensorflow-bert.ts";

type Step = (request: StepRequest) => PeerAnswer;

function load({ weights, config, rate }: LoadRequest): Step {
  const file = Safetensors.open(weights);
  const frozen = new Map<string, tf.Tensor>();
  const prompts = new Map<string, tf.Variable>();
  for (const [name, { shape }] of file.entries) {
    const tensor = tf.tensor(file.readFloats(name), [...shape]);
    if (name.startsWith("prompts.")) {
      prompts.set(name, tf.variable(tensor, true, name));
    } else {
      frozen.set(name, tensor);
    }
  }
  const bert = new TensorflowBert(config, (name) => prompts.get(name) ?? frozen.get(name)!);
  const adam = tf.train.adam(rate, 0.9, 0.999, 1e-8);
  return (request) => {
    const startMs = performance.now();
    if (!request.update) {
      const loss = tf.tidy(() => bert.loss(request).dataSync()[0]!);
      return { kind: "stepped", loss, milliseconds: performance.now() - startMs };
    }
    const { value, grads } = tf.variableGrads(() => bert.loss(request), [...prompts.values()]);
    adam.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const loss = value.dataSync()[0]!;
    tf.dispose([value, grads]);
    return { kind: "stepped", loss, milliseconds: performance.now() - startMs };
  };
}

await tf.setBackend("wasm");
let step: Step | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as PeerRequest;
  let answer: PeerAnswer;
  if (request.kind === "load") {
    step = load(request);
    answer = { kind: "loaded", name: `TensorFlow.js ${tf.version.tfjs} wasm (SIMD, 1 thread)` };
  } else {
    answer = step?.(request) ?? { kind: "absent", reason: "no model was loaded" };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
