import type { OpenDocument, ServerContext } from "../context.ts";
import type { ServerFeature } from "../feature.ts";
import { startIdleTimer } from "../turns/idle-timer.ts";
import type { TagReadings } from "./tag-readings.ts";

/** So long after the last reading or change that its writer is taken to rest. */
const restMs = 1_000;

/** Makes first completions those of the model. */
export const readingTagsAhead: ServerFeature = {
  register: (context, { tagReadings }) => readTagsAhead(context, tagReadings),
};

/**
 * Reads the tags of a document that was opened, and anew when something was learned, before anybody asks:
 * so that its first completion is in the model's order. It waits until the writer rests, and readings that
 * somebody waits for go first. Changes of the text are read when they are asked about.
 */
export function readTagsAhead(
  context: ServerContext,
  readings: TagReadings,
  startTimer: typeof startIdleTimer = startIdleTimer,
): void {
  const { documents, host } = context;
  const opened = new Set<string>();
  /** The document opened last, until it is read. */
  let wanted: string | undefined;
  const rest = startTimer(restMs, () => {
    const document = wanted === undefined ? undefined : documents.get(wanted);
    wanted = undefined;
    if (document !== undefined && isWorthwhile(context, document)) readings.refresh(document, "background");
  });
  const want = (uri: string | undefined): void => {
    wanted = uri;
    if (uri !== undefined) rest.restart();
  };
  documents.onChange((uri) => {
    if (!opened.has(uri)) want(uri);
    else if (wanted !== undefined) rest.restart();
    opened.add(uri);
  });
  documents.onClose((uri) => {
    opened.delete(uri);
    if (wanted === uri) wanted = undefined;
  });
  host.onAsked(() => {
    if (wanted !== undefined) rest.restart();
  });
  context.onReadingsChanged(() => want([...opened].at(-1)));
  context.onShutdown(() => rest.stop());
}

/** Only where something was learned: the model is not opened in vain. */
function isWorthwhile({ host, settings }: ServerContext, { path, languageId }: OpenDocument): boolean {
  if (!settings(path, languageId).tags.completion) return false;
  const store = host.openableStore();
  const writer = store && host.writerOf(path);
  return writer !== undefined && store?.profileVersions.active(writer.id) !== undefined;
}
