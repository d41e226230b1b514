import { openStore } from "../../../src/store/open-store.ts";

/** Teaches one lesson after the other until it is killed, and takes each fifth back; tells each when it is kept. */
const [folder = "", from = ""] = process.argv.slice(2);
const store = openStore(folder);
const writer = store.writers.ensure("Anna");
const vector = {
  maker: { modelId: "base", profileVersion: undefined },
  values: new Float32Array(300).fill(0.5),
};
process.stdout.write("start\n");
for (let number = Number(from); ; number += 1) {
  const sentence = `This is sentence ${number}.`;
  const lesson = { kind: "tone", textHash: `s${number}`, sentence, valence: (number % 9) / 8 } as const;
  const { id } = store.corrections.add(writer.id, lesson, vector);
  process.stdout.write(`taught ${number}\n`);
  if (number % 5 !== 0) continue;
  store.corrections.withdraw(id);
  process.stdout.write(`withdrawn ${number}\n`);
}
