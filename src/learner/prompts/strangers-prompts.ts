import { generalReader } from "../../profile/profile.ts";
import { reportShape } from "../../profile/report.ts";
import { isVersionWhole, learnedPromptsOf } from "../../profile/versions.ts";
import { personalPrompts, type SoftPrompts } from "../../prompts/soft-prompts.ts";
import type { LearningContext } from "../learning-context.ts";

export type StrangersContext = Pick<LearningContext, "store" | "writer" | "model" | "job">;

/** More would cost a reading of the held-out text each and change no verdict. */
const mostStrangers = 4;

/**
 * Prompts of other writers who have learned on this machine with the same model, by number, as far as they proved
 * themselves on their own texts: what they do as well is no sign of the writer.
 */
export function strangersPrompts({
  store,
  writer,
  model,
}: StrangersContext): ReadonlyMap<`${number}`, SoftPrompts> {
  const { id: readerId } = generalReader(model);
  const found = store.writers
    .list()
    .filter(({ id }) => id !== writer.id)
    .flatMap(({ id }) => store.profileVersions.active(id) ?? [])
    .filter((version) => version.baseModelId === readerId && isProven(version.report))
    .filter((version) => isVersionWhole(store, version))
    .flatMap((version) => learnedPromptsOf(store, version) ?? [])
    .slice(0, mostStrangers);
  return new Map(found.map(({ shared, delta }, at) => [`${at}` as const, personalPrompts(shared, delta)]));
}

const isProven = (report: unknown): boolean => reportShape.safeParse(report).data?.gate.masking.open === true;
