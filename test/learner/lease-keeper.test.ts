import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { LearnerBusyError, LeaseLostError } from "../../src/learner/errors.ts";
import { LeaseKeeper } from "../../src/learner/lease-keeper.ts";
import { openStore } from "../../src/store/open-store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

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

test("Who has lost the lease may not write.", async () => {
  using store = openStore(temporaryFolder());
  const keeper = await LeaseKeeper.take(store.lease, Date.now);
  store.lease.acquire(1, -1);
  expect(() => keeper.confirm()).toThrow(LeaseLostError);
});
