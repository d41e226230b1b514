import { removeWeightCaches } from "../plm/cache/remove-weight-caches.ts";
import { said } from "../said/said.ts";
import { ErasureIncompleteError } from "../store/errors.ts";
import { forgetEverything, forgetWriter } from "../store/forgetting/forget.ts";
import type { StoredItem } from "../store/inventory.ts";
import { openStore, openStoreIfAny } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { hasStore } from "../store/store-folder.ts";
import { waitForTheDead } from "./lease-keeper.ts";

/**
 * Erases one writer, and gives what was erased; nothing of it was found afterwards. Throws UnknownWriterError,
 * LearnerBusyError while a process learns, ErasureIncompleteError where something was found.
 */
export async function eraseWriter(storePath: string, writer: string): Promise<readonly StoredItem[]> {
  using store = openStoreIfAny(storePath);
  await waitForTheDead(store.lease, Date.now);
  return forgetWriter(store, writer);
}

/** Erases all writers, the store itself, and the unpacked weights of models. Throws as `eraseWriter`. */
export async function eraseEverything(storePath: string, cachePath: string): Promise<readonly StoredItem[]> {
  const erased = hasStore(storePath) ? await eraseStore(openStore(storePath)) : [];
  const { bytes, left } = removeWeightCaches(cachePath);
  if (left.length > 0 && process.platform !== "win32") throw new ErasureIncompleteError(left);
  const weights = { what: said("unpacked weights of models"), where: cachePath, bytes };
  const kept = {
    what: said("left for now, with nothing of yours in it: unpacked weights that another program reads with"),
    where: left[0] ?? "",
    bytes: 0,
  };
  return [...erased, ...(bytes === 0 ? [] : [weights]), ...(left.length === 0 ? [] : [kept])];
}

async function eraseStore(store: Store): Promise<readonly StoredItem[]> {
  try {
    await waitForTheDead(store.lease, Date.now);
    return forgetEverything(store);
  } finally {
    store.close();
  }
}
