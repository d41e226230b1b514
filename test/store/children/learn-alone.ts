import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../../src/store/open-store.ts";

/**
 * Takes the lease `rounds` times and each time holds a file that only one process can make. Two holders at once would
 * meet at that file, and the process would fail.
 */
const [folder = "", rounds = ""] = process.argv.slice(2);
const store = openStore(folder);
const witness = join(folder, "..", "witness");
for (let round = 0; round < Number(rounds); ) {
  const answer = store.lease.acquire(process.pid);
  if (answer.kind === "held") continue;
  closeSync(openSync(witness, "wx"));
  if (!store.lease.renew(answer.token)) throw new Error("The lease was lost while its holder was alive.");
  rmSync(witness);
  store.lease.release(answer.token);
  round += 1;
}
store.close();
process.stdout.write(`${rounds} rounds\n`);
