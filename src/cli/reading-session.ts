import { type GeneralReader, generalReader } from "../profile/profile.ts";
import { openProfile, type ProfileState } from "../profile/versions.ts";
import { threadCount } from "../session/learning-options.ts";
import { openingNotices } from "../session/notices.ts";
import { openStoreIfAny } from "../store/open-store.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { TextEncoder } from "../tone/reading/text-encoder.ts";
import type { CommonOptions } from "./common-options.ts";
import { openModel } from "./open-model.ts";
import type { Surroundings } from "./surroundings.ts";

/** What commands that read texts work with. */
export interface ReadingSession {
  readonly store: Store;
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
  readonly profileOf: (writer: Writer) => ProfileState;
}

/** Opens store and model for the time of `work`. */
export async function withReadingSession<T>(
  options: CommonOptions<"store" | "model">,
  surroundings: Surroundings,
  work: (session: ReadingSession) => Promise<T>,
): Promise<T> {
  using store = openStoreAloud(options.store, surroundings);
  const reader = generalReader(await openModel(options.model, surroundings));
  const encoder = new TextEncoder(reader.model, { threads: threadCount() });
  try {
    return await work({ store, reader, encoder, profileOf: ({ id }) => openProfile(store, id, reader) });
  } finally {
    await encoder.release();
  }
}

/** Opens the store to look into it, and says what there is to say about how that went. Where there is none, none is made. */
export function openStoreAloud(path: string, { warn }: Pick<Surroundings, "warn">): Store {
  const store = openStoreIfAny(path);
  for (const { message, advice } of openingNotices(store.opening)) {
    warn(`${message} ${advice}`);
  }
  return store;
}
