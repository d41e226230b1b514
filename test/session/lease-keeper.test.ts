import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { LearnerBusyError, LeaseLostError } from "../../src/session/errors.ts";
import { LeaseKeeper, livingHolder } from "../../src/session/lease-keeper.ts";
import { openStore } from "../../src/store/open-store.ts";
import { temporaryFolder } from "../learner/temporary-folder.ts";

test("The lease of a process that lives is not taken.", async () => {
  using store = openStore(temporaryFolder());
  store.lease.acquire(process.ppid);
  await expect(LeaseKeeper.take(store.lease, Date.now)).rejects.toThrow(LearnerBusyError);
});

test("The lease of a process that has died is taken over long before it runs out.", async () => {
  using store = openStore(temporaryFolder());
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  store.lease.acquire(dead);
  const keeper = await LeaseKeeper.take(store.lease, Date.now);
  expect(store.lease.holder()?.processId).toBe(process.pid);
  keeper.release();
  expect(store.lease.holder()).toBeUndefined();
});

test.skipIf(process.platform !== "linux")(
  "The lease of a process that has died is free, though its parent has not noticed, or another has its number.",
  async () => {
    using store = openStore(temporaryFolder());
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 600"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [line] = await once(parent.stdout, "data");
    store.lease.acquire(Number(String(line)));
    await expect.poll(() => livingHolder(store.lease, () => Date.now() + 5_000)).toBeUndefined();
    (await LeaseKeeper.take(store.lease, Date.now)).release();
    store.lease.acquire(process.ppid);
    store.database.execute("UPDATE leases SET process_mark = 'of another start'");
    expect(livingHolder(store.lease, () => Date.now() + 5_000)).toBeUndefined();
  },
);

test("Who has lost the lease may not write.", async () => {
  using store = openStore(temporaryFolder());
  const keeper = await LeaseKeeper.take(store.lease, Date.now);
  store.lease.acquire(1, -1);
  expect(() => keeper.confirm()).toThrow(LeaseLostError);
});
