import { DEFAULT_MAX_FILE_SIZE_BYTES } from "../../corpus/files/discover.ts";
import { eachFolder } from "../../corpus/files/paths.ts";
import { searchedEndings } from "../../corpus/formats/formats.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import { consentedKinds } from "../../profile/consented-kinds.ts";
import type { CorpusSettings, FolderSettings, LearningJob, WhoseText } from "../../protocol/learner.ts";
import type { ChosenFiles, FileChoice, Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";

/**
 * Which files of a writer's folders are read. Editor and terminal work on one store, so what was chosen in the one
 * holds in the other: what a terminal says in so many words, or an editor by settings that are not the usual ones.
 * An editor whose settings are the usual ones again takes back only what an editor chose. Of a folder of its own an
 * editor speaks where it has that open; of others what it said when it had stays. So does what it does not say at all.
 */
export function chosenFiles(
  store: Store,
  { id }: Pick<Writer, "id">,
  given: CorpusSettings | undefined,
): CorpusSettings {
  const kept = filesOf(store.writers.chosenFiles(id));
  if (given === undefined) return kept ?? {};
  const { by, byFolder: own = {}, ...common } = given;
  if (by === "terminal") {
    return {
      ...givenInTerminal(kept, given),
      ...eachFolder(kept?.byFolder, (former) => givenInTerminal(former, common)),
    };
  }
  if (kept?.by === "terminal" && [common, ...Object.values(own)].every(isUsual)) return kept;
  const said = eachFolder(own, (settings, folder) => withKept(settings, chosenFor(kept, folder)));
  const byFolder = { ...kept?.byFolder, ...said.byFolder };
  const all = { ...withKept(common, kept ?? {}), ...(by === undefined ? {} : { by }) };
  return Object.keys(byFolder).length === 0 ? all : { ...all, byFolder };
}

/** What an editor does not say of a folder is as it was kept. */
function withKept({ unsaid = [], ...said }: FolderSettings, kept: FileChoice): FileChoice {
  return {
    ...said,
    ...Object.fromEntries(unsaid.flatMap((name) => (name in kept ? [[name, kept[name]]] : []))),
  };
}

/** What a terminal says holds in all folders; what it has no option for stays in each as the editor set it. */
const givenInTerminal = <Given extends FolderSettings>(
  kept: FolderSettings | undefined,
  given: Given,
): Given => ({
  ...limitOf(kept),
  ...given,
});

/** What is kept of the choice of files; whose texts they are is kept beside it. */
const filesOf = (kept: ChosenFiles | undefined): CorpusSettings | undefined => {
  if (kept === undefined) return undefined;
  const { coAuthors: _, endings: __, leaveOut: ___, ...files } = kept;
  return files;
};

/** What a terminal has no option for stays as the editor set it. */
const limitOf = ({ maximumFileBytes, languages, hashtags }: FolderSettings = {}): FolderSettings => ({
  ...(maximumFileBytes === undefined ? {} : { maximumFileBytes }),
  ...(languages === undefined ? {} : { languages }),
  ...(hashtags === undefined ? {} : { hashtags }),
});

function isUsual({
  include,
  exclude,
  maximumFileBytes = DEFAULT_MAX_FILE_SIZE_BYTES,
  languages,
  hashtags,
}: FolderSettings): boolean {
  return (
    include === undefined &&
    exclude === undefined &&
    languages === undefined &&
    hashtags === undefined &&
    maximumFileBytes === DEFAULT_MAX_FILE_SIZE_BYTES
  );
}

/**
 * Whose text is learned, and from where not. What is not said now is as it was kept; a folder that was left out stays
 * so, in a terminal and in every window, until it is chosen or switched on again.
 */
export function whoseText(
  store: Store,
  { id }: Pick<Writer, "id">,
  { whose = {}, folders }: Pick<LearningJob, "whose" | "folders">,
): WhoseText {
  const kept = store.writers.chosenFiles(id);
  const { author, coAuthors = kept?.coAuthors, leaveOut = [], takeIn = [] } = whose;
  const again = new Set([...folders, ...takeIn].filter((folder) => !leaveOut.includes(folder)));
  const left = new Set([...(kept?.leaveOut ?? []), ...leaveOut].filter((folder) => !again.has(folder)));
  return {
    ...(author === undefined ? {} : { author }),
    ...(coAuthors === undefined ? {} : { coAuthors }),
    ...(left.size === 0 ? {} : { leaveOut: [...left] }),
  };
}

/** Which files are read, and whose text is learned of them. */
export function chosenCorpus(
  store: Store,
  writer: Pick<Writer, "id">,
  job: Pick<LearningJob, "corpus" | "whose" | "folders">,
): CorpusSettings & WhoseText {
  return { ...chosenFiles(store, writer, job.corpus), ...whoseText(store, writer, job) };
}

/**
 * Keeps how a writer's files are chosen, for the next time and for other programs, and with it the kinds of files that
 * the writer agreed to; who asks for all files in a terminal agrees to all kinds.
 */
export function keepChoice(
  store: Store,
  writer: Pick<Writer, "id" | "folders">,
  { author: _, ...chosen }: CorpusSettings & WhoseText,
  given?: CorpusSettings,
): void {
  const wantsAll =
    given?.by === "terminal" && (given.include ?? given.exclude ?? given.languages) === undefined;
  const endings = wantsAll ? searchedEndings : consentedKinds(store, writer);
  store.writers.setChosenFiles(writer.id, { ...chosen, endings: [...endings] });
}
