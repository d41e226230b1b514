import type { Document, Sentence } from "../corpus/document.ts";
import { BinaryFileError, type CorpusError, NoProseError } from "../corpus/errors.ts";
import { isLanguageRead } from "../corpus/language-read.ts";
import { LanguageTeller } from "../corpus/language-teller.ts";
import { parseDocument } from "../corpus/parse-document.ts";
import type { Gate } from "../numbers/gate.ts";
import { dot } from "../numbers/vectors.ts";
import type { AgentAbility, AgentReply } from "../protocol/agent-abilities.ts";
import type { ClosedTags } from "../readings/tags/closed-tags.ts";
import type { PlaceOf } from "../readings/tags/present-reasons.ts";
import { suggestTags } from "../readings/tags/tag-suggestions.ts";
import { explainTone } from "../readings/tone/explain-tone.ts";
import { PassageIndex, passageVector } from "../readings/tone/similar-sentences.ts";
import { type ReadingPair, ToneReader } from "../readings/tone/tone-reader.ts";
import { scoreParagraphs } from "../readings/voice/score-paragraphs.ts";
import { learnedWriters } from "../session/learned-writers.ts";
import type { ReadingSession } from "../session/session.ts";
import { openVoiceBackground } from "../session/voice-background.ts";
import type { Writer } from "../store/repositories/writers.ts";
import { fewestWords } from "../voice/voice-passages.ts";
import { describeTagReason } from "../words/describe-tag-reason.ts";
import { describeVoice } from "../words/describe-voice.ts";
import { asSentence, formatPercent } from "../words/format.ts";
import { type AgentQuestion, agentTools } from "./agent-tools.ts";
import { AgentQuestionError } from "./errors.ts";

/** What answers are made with. */
export interface AgentSources {
  readonly session: ReadingSession;
  /** Where a writer's learned documents lie now. */
  readonly placesOf: (writer: Writer) => Promise<PlaceOf>;
  /** How much the own reading of a writer counts, from 0 to 1. */
  readonly strengthOf: (writer: Writer) => number;
  /** The only tags that may be suggested; undefined where any may. */
  readonly closedTags?: ClosedTags | undefined;
  /** Lets others go first between slices of work; a caller cancels by throwing in it. */
  readonly breathe: () => Promise<void>;
}

/** The bounds of an answer. */
const mostSentences = 40;
const mostExplained = 5;
const longestSentence = 300;
const longestPassage = 700;
const mostParagraphs = 40;

/** Answers a question of an agent, or refuses it where the question or the state of the store stands against it. */
export async function answerAgent(
  ability: AgentAbility,
  input: unknown,
  sources: AgentSources,
): Promise<AgentReply> {
  try {
    return { kind: "answer", text: JSON.stringify(await answer(ability, input, sources)) };
  } catch (cause) {
    if (!(cause instanceof AgentQuestionError)) throw cause;
    return { kind: "refusal", text: cause.message };
  }
}

async function answer(ability: AgentAbility, input: unknown, sources: AgentSources) {
  switch (ability) {
    case "tone":
      return answerTone(parseQuestion("tone", input), sources);
    case "tags":
      return answerTags(parseQuestion("tags", input), sources);
    case "passages":
      return answerPassages(parseQuestion("passages", input), sources);
    case "voice":
      return answerVoice(parseQuestion("voice", input), sources);
    default:
      return ability satisfies never;
  }
}

function parseQuestion<Ability extends AgentAbility>(
  ability: Ability,
  input: unknown,
): AgentQuestion<Ability> {
  const { name, shape } = agentTools[ability];
  const parsed = shape.safeParse(input ?? {});
  if (parsed.success) return parsed.data as AgentQuestion<Ability>;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "input"}: ${message}`);
  throw new AgentQuestionError(`${name} was not given what it takes. ${problems.join("; ")}`);
}

async function answerTone(
  { text, writer: name }: AgentQuestion<"tone">,
  { session, strengthOf, breathe }: AgentSources,
): Promise<Readonly<Record<string, unknown>>> {
  const { store, reader, encoder, profileOf } = session;
  const writer =
    name === undefined && learnedWriters(session.store).length === 0 ? undefined : choose(session, name);
  const { sentences, language, hash } = await parseText(text);
  const chosen = writer && store.writers.chosenFiles(writer.id)?.languages;
  const read = sentences.filter((one) => isLanguageRead(one.language, chosen));
  if (read.length === 0) {
    throw new AgentQuestionError(
      `No tone can be read of this text: ${whyUnread(sentences, language)}. Tone is read of English prose.`,
    );
  }
  const known = writer && { store, id: writer.id, state: profileOf(writer) };
  const tone = await ToneReader.open({ encoder, reader }, known, breathe);
  const encoded = await tone.encode(
    read.map(({ plain }) => plain),
    breathe,
  );
  const strength = writer === undefined ? 1 : strengthOf(writer);
  const { document, sentences: readings, gate } = tone.readDocument(hash, encoded, { strength });
  const shown = read
    .map((sentence, at) => ({ sentence, reading: readings[at]! }))
    .filter(({ reading }) => hasTone(reading));
  const words = new Map<Sentence, readonly string[]>();
  for (const { sentence } of shown.toSorted(byStrength).slice(0, mostExplained)) {
    const explained = await explainTone({ encoder, reader }, sentence.plain, breathe);
    words.set(
      sentence,
      explained.map(({ word }) => word),
    );
  }
  return {
    writer: writer?.name ?? null,
    document,
    sentencesRead: read.length,
    sentencesInOtherLanguages: sentences.length - read.length,
    sentencesWithTone: shown.length,
    sentences: shown.slice(0, mostSentences).map(({ sentence, reading }) => ({
      text: shorten(sentence.plain, longestSentence),
      ...reading,
      ...(words.has(sentence) ? { words: words.get(sentence) } : {}),
    })),
    personal: describePersonal(gate, strength),
  };
}

/** Whether personal readings are shown, and how much they count. */
function describePersonal(gate: Gate, strength: number): string {
  if (!gate.open) return `No personal readings are shown. ${asSentence(gate.reason)}`;
  if (strength === 1) return "The personal readings are shown.";
  if (strength > 0)
    return `The personal readings are shown. As the writer has set it, they count ${formatPercent(strength)} beside the general ones.`;
  return "No personal readings are shown. The writer has set that the general ones alone count, besides what was taught.";
}

const whyUnread = (sentences: readonly Sentence[], language: string | undefined): string =>
  sentences.length === 0 ? "there are no sentences in it" : `its language is ${language}`;

interface ReadSentence {
  readonly sentence: Sentence;
  readonly reading: ReadingPair;
}

const shownReading = ({ general, personal }: ReadingPair) => personal ?? general;

function hasTone(reading: ReadingPair): boolean {
  const { label } = shownReading(reading);
  return label !== null && label !== "neutral";
}

const byStrength = (a: ReadSentence, b: ReadSentence): number =>
  Math.abs(shownReading(b.reading).valence) - Math.abs(shownReading(a.reading).valence);

async function answerTags(
  { text, title, limit, writer: name }: AgentQuestion<"tags">,
  { session, placesOf, closedTags }: AgentSources,
): Promise<Readonly<Record<string, unknown>>> {
  const { store, reader, encoder } = session;
  const { writer, open } = chooseLearned(session, name);
  const document = await parseText(text);
  const { path, dateMs, sentences } = document;
  const untagged = {
    id: path,
    timeMs: dateMs,
    title: title ?? document.title,
    sentences: sentences.map(({ plain }) => plain),
  };
  const placeOf = await placesOf(writer);
  const found = await suggestTags({ store, writerId: writer.id, reader, encoder, open, placeOf }, untagged, {
    limit,
    closed: closedTags,
  });
  return {
    writer: writer.name,
    tags: found.map(({ tag, score, reasons }) => ({
      tag,
      score,
      reasons: reasons.slice(0, 2).map((reason) => describeTagReason(reason)),
    })),
  };
}

async function answerPassages(
  { topic, limit, writer: name }: AgentQuestion<"passages">,
  { session, placesOf, breathe }: AgentSources,
): Promise<Readonly<Record<string, unknown>>> {
  const { store, reader, encoder } = session;
  const writer = choose(session, name);
  const index = await PassageIndex.of(store, writer.id, reader, breathe);
  const asked = await passageVector({ encoder, reader }, [topic], breathe);
  if (asked === undefined) throw new AgentQuestionError("There are no words in the topic. Ask with some.");
  const placeOf = await placesOf(writer);
  const documents = new Map(store.documents.list(writer.id).map((document) => [document.id, document]));
  const passages = index.nearest(asked, limit).flatMap((passage) => {
    const document = documents.get(passage.documentId);
    const path = document && placeOf(document.path);
    if (document === undefined || path === undefined) return [];
    const sentences = store.documents
      .sentences(passage.documentId)
      .slice(passage.firstSentence, passage.endSentence);
    return [
      {
        title: document.title ?? null,
        path,
        similarity: dot(passage.vector, asked),
        text: shorten(sentences.map(({ text }) => text).join(" "), longestPassage),
      },
    ];
  });
  return { writer: writer.name, passages };
}

/** The writer's own passages are no part of it: those are asked for by themselves. */
async function answerVoice(
  { text, writer: name }: AgentQuestion<"voice">,
  { session, breathe }: AgentSources,
): Promise<Readonly<Record<string, unknown>>> {
  const { writer, open: state } = chooseLearned(session, name);
  const document = await parseText(text);
  const { sentences, language } = document;
  const sources = { store: session.store, writer, state, background: openVoiceBackground };
  const voice = await scoreParagraphs(sources, document, breathe);
  if (voice.kind === "closed") {
    throw new AgentQuestionError(
      `Nothing can be said of the voice of ${writer.name}: ${voice.reason}. ${adviceToLearnVoice}`,
    );
  }
  const { paragraphs } = voice;
  if (paragraphs.every(({ lower }) => lower === null)) {
    const reason = paragraphs.length === 0 ? whyUnread(sentences, language) : "it is too short";
    throw new AgentQuestionError(
      `Nothing can be said of the voice of this text: ${reason}. Send English prose of at least ${fewestWords} words.`,
    );
  }
  return {
    writer: writer.name,
    paragraphsRead: paragraphs.length,
    paragraphs: paragraphs.slice(0, mostParagraphs).map((paragraph) => ({
      text: shorten(paragraph.text, longestSentence),
      lower: paragraph.lower,
      forTheWriter: describeVoice(paragraph.lower),
      leastLike: paragraph.turns.map((turn) => turn.text),
    })),
  };
}

function choose(session: ReadingSession, name: string | undefined): Writer {
  const writers = learnedWriters(session.store);
  const [only, other] = writers;
  if (only === undefined) {
    throw new AgentQuestionError(`Idiolect has not learned from any documents yet. ${adviceToLearn}`);
  }
  const known = writers.map((one) => one.name).join(", ");
  if (name === undefined && other !== undefined) {
    throw new AgentQuestionError(
      `Idiolect knows several writers. Ask again with one of them as 'writer': ${known}.`,
    );
  }
  const writer = name === undefined ? only : writers.find((one) => one.name === name);
  if (writer === undefined) {
    throw new AgentQuestionError(`Idiolect knows no writer of the name '${name}'. It knows: ${known}.`);
  }
  return writer;
}

function chooseLearned(session: ReadingSession, name: string | undefined) {
  const writer = choose(session, name);
  const open = session.profileOf(writer);
  if (open.kind === "open") return { writer, open };
  const why = open.kind === "none" ? "has not learned from" : "learned with another model from";
  throw new AgentQuestionError(`Idiolect ${why} the documents of ${writer.name}. ${adviceToLearn}`);
}

const adviceToLearn =
  "Tell the user to run the command 'Idiolect: Learn From My Documents' in the editor, or 'idiolect learn <folder>' in a " +
  "terminal, and ask again afterwards.";

const adviceToLearnVoice =
  "A voice is learned from at least six documents, where the setting 'idiolect.voice.enabled' is on in the editor or after " +
  "'idiolect learn <folder> --voice' in a terminal. Tell the user, and do not ask again before.";

/** What a text without a file is called. */
const textPath = "agent.md";

async function parseText(text: string): Promise<Document> {
  const languages = await LanguageTeller.open();
  const parsed = parseDocument({ path: textPath, bytes: Buffer.from(text), modifiedMs: 0 }, { languages });
  if (parsed.kind === "failure") throw new AgentQuestionError(refusalOf(parsed.failure));
  return parsed.document;
}

function refusalOf(failure: CorpusError): string {
  if (failure instanceof NoProseError)
    return "There are no sentences in the text, or only code, tables, quotations or headings. Send prose.";
  if (failure instanceof BinaryFileError)
    return "The text holds signs that no text has. Send Markdown or plain text.";
  return `The text cannot be read: ${failure.message}`;
}

function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}
