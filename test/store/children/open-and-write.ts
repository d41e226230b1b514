import { openStore } from "../../../src/store/open-store.ts";

/** Opens the store, which other processes open at the same time, and writes one writer and one correction. */
const [folder = "", name = ""] = process.argv.slice(2);
const store = openStore(folder);
const writer = store.writers.ensure(name);
store.corrections.add(writer.id, { kind: "tone", textHash: name, sentence: `I am ${name}.`, valence: 0 });
store.close();
