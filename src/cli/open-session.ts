import type { GeneralReader } from "../profile/profile.ts";
import { remarkInEnglish } from "../session/notices.ts";
import { placesOf } from "../session/places.ts";
import { type ReadingSession, Session } from "../session/session.ts";
import { openStoreIfAny } from "../store/open-store.ts";
import type { CommonOptions } from "./common-options.ts";
import type { Surroundings } from "./surroundings.ts";

/** Store and model as the options of a command name them. Commands only look: where there is no store, none is made. */
export function openSession(
  { store, model }: Partial<CommonOptions<"store" | "model">>,
  { warn }: Pick<Surroundings, "warn">,
): Session {
  return new Session({
    places: () => placesOf({ storePath: store, modelPath: model }),
    tell: (notice) => warn(remarkInEnglish(notice)),
    openStore: openStoreIfAny,
  });
}

/** Opens store and model for the time of `work`. */
export async function withReadingSession<T>(
  options: CommonOptions<"store" | "model">,
  surroundings: Surroundings,
  work: (session: ReadingSession) => Promise<T>,
): Promise<T> {
  await using session = openSession(options, surroundings);
  const { store } = session;
  return await work({ ...(await session.reading()), store });
}

/** The model alone, with its general prompts. */
export async function openReader(
  options: CommonOptions<"model">,
  surroundings: Surroundings,
): Promise<GeneralReader> {
  return (await openSession(options, surroundings).reading()).reader;
}
