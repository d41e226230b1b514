/*
 * What editor and server tell each other beyond the Language Server Protocol: names and types, and next to no code, so
 * that the editor loads them for nothing. The server checks parameters where they come in (server/requests.ts).
 * Positions are LSP's (line and character from 0, UTF-16); URIs are texts.
 */

import type { AgentAbility, AgentReply } from "./agent-abilities.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { ExportedFile, ExportWish, ImportedFile, ImportPreview, ProfileChoice } from "./export-file.ts";
import type { ProposedFolder } from "./learner.ts";
import type { KnownWriter, LearnAnswer, LearningStatus, LearnParameters } from "./learning-status.ts";
import type { KeptLesson, LessonRevision, RoundOfQuestions, RoundStep, Taught, Teaching } from "./lessons.ts";
import type { DocumentReading, Position, Range, SelectionReading } from "./readings.ts";
import type {
  MissingTags,
  RenamedTag,
  TagEdit,
  TagName,
  TagSuggestions,
  TagsAdded,
} from "./tag-suggestions.ts";
import type { PlacedDocument, TagHistory, ToneHistory, UsedTag } from "./tone-history.ts";
import type { VoiceReading } from "./voice.ts";
import type { WordSuggestions } from "./word-suggestions.ts";
import type { Erased, WriterReport } from "./writer-report.ts";

/** A request's method with the types of its parameters and of its answer. */
export interface RequestName<Parameters, Answer> {
  readonly method: string;
  /** Never there; it carries the types. */
  readonly types?: (parameters: Parameters) => Answer;
}

export interface NotificationName<Parameters> {
  readonly method: string;
  readonly types?: (parameters: Parameters) => void;
}

const request = <Parameters, Answer>(name: string): RequestName<Parameters, Answer> => ({
  method: `idiolect/${name}`,
});

/** Figures about the server itself, for benches and for bug reports. */
export interface ServerFigures {
  readonly processId: number;
  readonly learnerProcessId?: number;
  /** Longest time, in ms, for which one slice of work has held the process. */
  readonly longestSliceMs: number;
  /** Slices so far, from one pause for messages to the next, and the time that 99 of 100 stayed below. */
  readonly slices: { readonly count: number; readonly p99Ms: number };
  readonly cachedSentences: number;
  readonly isModelOpen: boolean;
  /** User and system time so far, on all threads. */
  readonly processorMs: number;
  /** Largest resident set so far, what is shared with other processes included. */
  readonly peakMemoryBytes: number;
}

/** Requests from the editor to the server. */
export const requests = {
  /** Folders below the roots that look like prose; `isWhole`: the roots themselves with all that is in them. */
  proposal: request<
    { readonly roots: readonly string[]; readonly isWhole?: boolean },
    readonly ProposedFolder[]
  >("proposal"),
  learn: request<LearnParameters, LearnAnswer>("learn"),
  pause: request<Record<string, never>, LearningStatus>("pause"),
  /** Goes on with what was paused or cut short. */
  resume: request<Record<string, never>, LearnAnswer>("resume"),
  status: request<Record<string, never>, LearningStatus>("status"),
  /** A long document is read from `from` outwards, and what was read so far is told in between (`documentPartlyRead`). */
  readDocument: request<{ readonly uri: string; readonly from?: Position }, DocumentReading>("readDocument"),
  readSelection: request<{ readonly uri: string; readonly range: Range }, SelectionReading | null>(
    "readSelection",
  ),
  /** How much the paragraphs sound like the writer: of a range, or of the whole document. */
  readVoice: request<{ readonly uri: string; readonly range?: Range }, VoiceReading>("readVoice"),
  /** Words that the writer would use in place of a range, or of the word or gap at a cursor. */
  suggestWords: request<
    { readonly uri: string; readonly range: Range; readonly limit: number },
    WordSuggestions
  >("suggestWords"),
  /** A question of an AI agent; refused unless the setting of that name is on. */
  askAgent: request<{ readonly ability: AgentAbility; readonly input: unknown }, AgentReply>("askAgent"),
  /** Where learning is about to bring the first tags, the answer waits for them; cancel it to give up. */
  suggestTags: request<{ readonly uri: string; readonly limit: number }, TagSuggestions>("suggestTags"),
  /** Paths of the documents below a folder, in their order. */
  folderDocuments: request<{ readonly folder: string }, readonly string[]>("folderDocuments"),
  /** What a document lacks, open or not, from a score on; its own tags are not used. */
  missingTags: request<
    { readonly path: string; readonly threshold: number; readonly limit: number },
    MissingTags
  >("missingTags"),
  /** The edit that adds tags to a document, open or not. */
  addTags: request<{ readonly path: string; readonly tags: readonly string[] }, TagsAdded>("addTags"),
  /** All tags of the documents that lie together with this one, and those above them, by name. */
  tagNames: request<{ readonly uri?: string }, readonly TagName[]>("tagNames"),
  /** The edits that rename a tag, with those below it, in all these documents; onto another the two become one. */
  renameTag: request<{ readonly uri?: string; readonly from: string; readonly to: string }, RenamedTag>(
    "renameTag",
  ),
  /** A tag was renamed in these documents: what was taught of it follows. */
  tagRenamed: request<
    { readonly uris: readonly string[]; readonly from: string; readonly to: string },
    Record<string, never>
  >("tagRenamed"),
  tagEdit: request<{ readonly uri: string; readonly tags: readonly string[] }, TagEdit>("tagEdit"),
  teach: request<Teaching, Taught>("teach"),
  withdraw: request<{ readonly id: string }, Record<string, never>>("withdraw"),
  /** Newest first. */
  lessons: request<Record<string, never>, readonly KeptLesson[]>("lessons"),
  reviseLesson: request<LessonRevision, Record<string, never>>("reviseLesson"),
  /** Without a URI: of the only writer that was learned. */
  round: request<{ readonly uri?: string | undefined; readonly step: RoundStep }, RoundOfQuestions>("round"),
  report: request<{ readonly writer?: string }, readonly WriterReport[]>("report"),
  /** All writers of whom something is kept, by name; at any time, also while one is being learned. */
  writers: request<Record<string, never>, readonly KnownWriter[]>("writers"),
  /** Has readings use an earlier version of the profile; none is deleted. */
  goBack: request<{ readonly writer: string; readonly version: string }, Record<string, never>>("goBack"),
  /** All tags of the writer's documents, by name. */
  writerTags: request<{ readonly writer: string }, readonly UsedTag[]>("writerTags"),
  /** Documents that have a tag, newest first. */
  taggedDocuments: request<{ readonly writer: string; readonly tag: string }, readonly PlacedDocument[]>(
    "taggedDocuments",
  ),
  /** Reads a sample of the writer's documents, which takes seconds the first time. */
  toneHistory: request<{ readonly writer: string }, ToneHistory>("toneHistory"),
  tagHistory: request<{ readonly writer: string }, TagHistory>("tagHistory"),
  /** Writes what was learned of a writer to a file. */
  exportWriter: request<ExportWish, ExportedFile>("exportWriter"),
  /** What importing a file would bring; nothing is changed. */
  previewImport: request<{ readonly file: string }, ImportPreview>("previewImport"),
  /** Refused without a profile where there is one to choose. */
  importFile: request<{ readonly file: string; readonly profile?: ProfileChoice | undefined }, ImportedFile>(
    "importFile",
  ),
  /** Without a writer: everything that is kept. */
  forget: request<{ readonly writer?: string }, Erased>("forget"),
  figures: request<Record<string, never>, ServerFigures>("figures"),
  diagnosis: request<Record<string, never>, Diagnosis>("diagnosis"),
} as const;

/** Notifications from the server to the editor. */
export const notifications = {
  status: { method: "idiolect/statusChanged" } as NotificationName<LearningStatus>,
  /** Readings may differ now: learned anew, taught, or forgotten. Ask again for what is shown. */
  readingsChanged: { method: "idiolect/readingsChanged" } as NotificationName<Record<string, never>>,
  /** Of a long document: its sentences that were read so far, in their order. */
  documentPartlyRead: { method: "idiolect/documentPartlyRead" } as NotificationName<{
    readonly uri: string;
    readonly reading: DocumentReading;
  }>,
  /** To be shown once. */
  notice: { method: "idiolect/notice" } as NotificationName<{
    readonly message: string;
    readonly advice: string;
  }>,
} as const;
