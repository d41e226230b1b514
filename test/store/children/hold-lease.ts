import { openStore } from "../../../src/store/open-store.ts";

/** Asks for the lease until it is given, says so, and keeps it alive until the process is killed. */
const [folder = "", timeoutMs = ""] = process.argv.slice(2);
const store = openStore(folder);
const asking = setInterval(() => {
  const answer = store.lease.acquire(process.pid, Number(timeoutMs));
  if (answer.kind === "held") return;
  clearInterval(asking);
  setInterval(() => store.lease.renew(answer.token), 20);
  process.stdout.write(`${JSON.stringify({ takenOverFrom: answer.takenOverFrom, atMs: Date.now() })}\n`);
}, 10);
