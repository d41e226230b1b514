import { basename, dirname } from "node:path";
import type { CancellationToken } from "vscode-languageserver/node";
import type { Sentence } from "../../corpus/document.ts";
import { isWithin } from "../../corpus/files/paths.ts";
import { titleOf } from "../../corpus/parse-document.ts";
import { cutDocument, textsForVectors, titleAndLead } from "../../learning/cut-document.ts";
import { unitMean } from "../../numbers/vectors.ts";
import type { Taught, Teaching } from "../../protocol/lessons.ts";
import type { Range } from "../../protocol/readings.ts";
import { type PlacedText, wasTakenFor } from "../../readings/tags/accepted-texts.ts";
import { tagNow } from "../../readings/tags/present-lessons.ts";
import { hashOfText } from "../../readings/tags/tag-suggestions.ts";
import type { ReadingPair } from "../../readings/tone/tone-reader.ts";
import type { ReadingSession } from "../../session/session.ts";
import { nameOfWriter } from "../../session/writer-name.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { tagKey } from "../../text/tag-key.ts";
import type { OpenDocument, ServerContext } from "../context.ts";
import { plainSentences, sentencesIn } from "../documents/sentences.ts";
import { identityOf, isFile } from "../documents/synced-documents.ts";
import { NoSentenceError } from "../errors.ts";
import type { ServerFeature, SharedParts } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { strengthAt } from "../tone/kept-strength.ts";
import type { ToneTask } from "../tone/tone-readings.ts";

type ToneLesson = Extract<Teaching, { kind: "tone" }>;
type TagLesson = Exclude<Teaching, ToneLesson>;

type Shared = Pick<SharedParts, "toneReadings" | "taughtTexts">;

/** Answers `teach` and `withdraw`. Teaching works also where nothing was learned, and is kept at once. */
export const teaching: ServerFeature = {
  register(context, shared) {
    answerRequest(context, "teach", (lesson, token) => teach(context, shared, lesson, token));
    answerRequest(context, "withdraw", ({ id }) => {
      withdraw(context, id);
      return {};
    });
  },
};

/** Keeps a lesson; what is open is read anew with it. */
export async function teach(
  context: ServerContext,
  shared: Shared,
  lesson: Teaching,
  token: CancellationToken,
): Promise<Taught> {
  const taught = await (lesson.kind === "tone"
    ? teachTone(context, shared, lesson, token)
    : teachTag(context, shared, lesson, token));
  context.readingsChanged();
  return taught;
}

/** Takes a lesson back by the id that it was given. */
export function withdraw(context: ServerContext, id: string): void {
  context.host.store().corrections.withdraw(id);
  context.readingsChanged();
}

function teachTone(
  context: ServerContext,
  { toneReadings }: Shared,
  { uri, range, valence }: ToneLesson,
  token: CancellationToken,
): Promise<Taught> {
  const teach = async ({ document, tone, session, breathe, ...task }: ToneTask): Promise<Taught> => {
    const { plain } = meantSentence(document, range);
    const [text] = await tone.encode([plain], breathe);
    const writer = task.writer ?? (await newWriter(context, document));
    const strength = strengthAt(context, session, task.writer, document.path);
    const confirms = isShown(tone.readSentence(text!, { strength }), valence);
    const { id } = session.store.corrections.add(
      writer.id,
      { kind: "tone", textHash: text!.key, ...placeOf(document), sentence: plain, valence, confirms },
      vectorOf(session, text!.vector),
    );
    return { id, writer: writer.name, about: plain };
  };
  return toneReadings.read(uri, "command", token, teach, "goOn");
}

function teachTag(
  context: ServerContext,
  { toneReadings, taughtTexts }: Shared,
  { kind, uri, tag }: TagLesson,
  token: CancellationToken,
): Promise<Taught> {
  const teach = async ({ document, session, breathe, ...task }: ToneTask): Promise<Taught> => {
    const texts = plainSentences(document);
    const vector = await documentVector(session, document, texts, breathe);
    const writer = task.writer ?? (await newWriter(context, document));
    const { id } = session.store.corrections.add(
      writer.id,
      {
        kind: kind === "thisTag" ? "tagAdded" : "tagVetoed",
        textHash: hashOfText(texts),
        ...placeOf(document),
        tag,
      },
      vectorOf(session, vector),
    );
    taughtTexts.note(document);
    // Said in so many words it is the writer's own, wherever the tag came from.
    forgetAccepted(session.store, writer, { path: identityOf(document), sentences: texts }, tag);
    return { id, writer: writer.name, about: tag };
  };
  return toneReadings.read(uri, "command", token, teach, "goOn");
}

function forgetAccepted(store: Store, { id }: Writer, text: PlacedText, tag: string): void {
  const { acceptedTags } = store;
  const present = tagNow(store, id);
  for (const accepted of acceptedTags.list(id)) {
    const isSame = tagKey(present(accepted.tag)) === tagKey(tag);
    if (isSame && wasTakenFor(accepted, text)) acceptedTags.remove(accepted);
  }
}

/** Whether a lesson says what the reading says already: the same side, or neutral. */
function isShown({ general, personal }: ReadingPair, valence: number): boolean {
  const { label } = personal ?? general;
  if (label === null) return false;
  const side = label === "neutral" ? 0 : label === "positive" || label === "veryPositive" ? 1 : -1;
  return side === Math.sign(valence);
}

/** The sentence of which a range holds most; of a range without length the one around it. */
function meantSentence(document: OpenDocument, range: Range): Sentence {
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const meant = sentencesIn(document.parsed, start, Math.max(end, start + 1));
  const shared = (sentence: Sentence) => Math.min(end, sentence.end) - Math.max(start, sentence.start);
  const [most] = meant.map(({ sentence }) => sentence).toSorted((a, b) => shared(b) - shared(a));
  if (most === undefined) throw new NoSentenceError();
  return most;
}

/** As suggestions read a document: title and lead, and its passages, in general. */
async function documentVector(
  { reader: { model, prompts }, encoder }: ReadingSession,
  { path, parsed }: OpenDocument,
  sentences: readonly string[],
  breathe: () => Promise<void>,
): Promise<Float32Array> {
  const lead = titleAndLead(model, titleOf(parsed), sentences);
  const texts = textsForVectors(lead, cutDocument(model, path, sentences).passages);
  const readings = await encoder.read(texts, prompts, breathe);
  return unitMean(readings.map(({ vector }) => vector));
}

function vectorOf({ reader }: ReadingSession, values: Float32Array) {
  return { maker: { modelId: reader.id, profileVersion: undefined }, values };
}

/** A document that is no file is known by its text: its name is given to the next one. */
function placeOf(document: OpenDocument): { readonly documentPath?: string } {
  return isFile(document) ? { documentPath: document.path } : {};
}

/** Named as learning would name the writer of the folder that is open, so that what is taught now is theirs later. */
async function newWriter({ folders, host }: ServerContext, { path }: OpenDocument): Promise<Writer> {
  const { writers } = host.store();
  const folder = folders().find((each) => isWithin(each, path));
  const name =
    folder === undefined ? basename(dirname(path)) || "writer" : await nameOfWriter(host.store(), [folder]);
  return writers.ensure(name);
}
