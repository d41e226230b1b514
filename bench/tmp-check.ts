import { join } from "node:path";
import { startEngine, trainedTensors } from "./peers/engine.ts";
import { startPeer } from "./peers/peer-process.ts";
import { withWorkplace } from "./workplace.ts";
import { readSettings } from "./settings.ts";
import { adamRates } from "./contestant.ts";
import { layerViews } from "../src/prompts/soft-prompts.ts";
import { writeSafetensors } from "../src/plm/write-safetensors.ts";
import { padBatch } from "../src/learning/batching.ts";
import { fullPassages, maskedBatch, passagesOf } from "./texts.ts";
import { createRandom } from "../src/learning/random.ts";
await withWorkplace(readSettings(), async (place) => {
  const { model, prompts } = place;
  const weights = join(place.folder, "w.safetensors");
  writeSafetensors(weights, [...trainedTensors(model.config).map((name) => ({ name, type: "F32" as const, ...model.directory.tensor(name) })), ...Object.entries(layerViews(prompts)).map(([name, data]) => ({ name, type: "F32" as const, shape: [8, 384], data }))]);
  const run = await passagesOf(model, "media/sample-blog");
  const ps = [...fullPassages(model, run, 24).slice(0, 2), ...fullPassages(model, run, 16).slice(5, 6)];
  const batch = maskedBatch(model, ps, createRandom(1));
  for (const training of ["prompts", "weights"] as const) {
    const load = { kind: "load" as const, weights, config: model.config, training, threads: 2, rate: adamRates[training] };
    const all: any[] = [await startEngine(place, training), await startPeer({ name: "PyTorch", program: process.argv[2] ?? "/tmp/ref/venv/bin/python", arguments: ["bench/peers/pytorch_peer.py"] }, load)];
    if (training === "prompts") all.push(await startPeer({ name: "tf", program: process.execPath, arguments: ["bench/peers/tensorflow-peer.ts"] }, load));
    for (const c of all) { if (!("step" in c)) { console.log(c); continue; } const l = []; for (let i = 0; i < 5; i++) l.push((await c.step(batch)).loss); console.log(training, c.name, l.join(" ")); await c.close(); }
  }
});
