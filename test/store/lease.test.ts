import { expect, test } from "vitest";
import { leaseTimeoutMs } from "../../src/store/lease.ts";
import { Child } from "./child-process.ts";
import { openForTest, openTemporaryStore, StillClock, temporaryPath } from "./temporary-store.ts";

test("One process has the lease; another gets it after it was released.", () => {
  const store = openTemporaryStore();
  const first = store.lease.acquire(11);
  expect(store.lease.acquire(22)).toMatchObject({ kind: "held", holder: { processId: 11 } });
  if (first.kind === "held") throw new Error("The free lease was not given.");
  store.lease.release(first.token);
  expect(store.lease.acquire(22)).toMatchObject({ kind: "acquired", takenOverFrom: undefined });
});

test("A heartbeat keeps the lease; without one another process takes over, and the former holder learns of it.", () => {
  const clock = new StillClock();
  const store = openTemporaryStore({ clock: clock.read });
  const first = store.lease.acquire(11);
  if (first.kind === "held") throw new Error("The free lease was not given.");
  clock.nowMs += leaseTimeoutMs - 1;
  expect(store.lease.renew(first.token)).toBe(true);
  clock.nowMs += leaseTimeoutMs;
  expect(store.lease.acquire(22).kind).toBe("held");
  clock.nowMs += 1;
  expect(store.lease.acquire(22)).toMatchObject({ kind: "acquired", takenOverFrom: 11 });
  expect(store.lease.renew(first.token)).toBe(false);
  store.lease.release(first.token);
  expect(store.lease.holder()).toMatchObject({ processId: 22 });
});

test("A clock that was set back does not lock everybody out.", () => {
  const clock = new StillClock();
  const store = openTemporaryStore({ clock: clock.read });
  store.lease.acquire(11);
  clock.nowMs -= 3_600_000;
  expect(store.lease.acquire(22)).toMatchObject({ kind: "acquired", takenOverFrom: 11 });
});

test("Processes that fight for the lease never have it together.", async () => {
  const folder = temporaryPath();
  openForTest(folder);
  const children = [1, 2, 3].map(() => new Child("learn-alone.ts", folder, "400"));
  await Promise.all(children.map((child) => child.succeed()));
});

test("When the holder is killed, the other process takes over, and not before the heartbeat is too old.", async () => {
  const folder = temporaryPath();
  const store = openForTest(folder);
  const timeoutMs = 400;
  const holder = new Child("hold-lease.ts", folder, String(timeoutMs));
  await holder.nextLine();
  const waiting = new Child("hold-lease.ts", folder, String(timeoutMs));
  await holder.kill();
  const lastHeartbeatMs = store.lease.holder()!.heartbeatMs;
  const { takenOverFrom, atMs } = JSON.parse((await waiting.nextLine()) ?? "{}");
  expect(takenOverFrom).toBe(holder.process.pid);
  expect(atMs - lastHeartbeatMs).toBeGreaterThan(timeoutMs);
  expect(store.lease.holder()?.processId).toBe(waiting.process.pid);
});
