import type { KnownWriter, LearningStatus } from "../../protocol/learning-status.ts";
import type { KeptLesson } from "../../protocol/lessons.ts";
import type { PlacedDocument } from "../../protocol/tone-history.ts";
import type { WriterReport } from "../../protocol/writer-report.ts";
import { describeCount } from "../../words/describe-counts.ts";
import { formatCount, formatDay, formatDayHere, formatMinuteHere } from "../../words/format.ts";
import { reportVerdict } from "../../words/report-verdict.ts";
import type { Translate } from "../../words/translate.ts";
import { shortPath } from "../client/store-place.ts";
import { viewLearning } from "../learning/learning-view.ts";
import { safeText } from "../messages/safe-text.ts";
import { lessonItems } from "../teaching/lesson-items.ts";
import type { TagBranch } from "./tag-tree.ts";

export const sections = ["state", "sources", "tags", "words", "lessons", "versions"] as const;
export type Section = (typeof sections)[number];

/** What a row of the tree is about. */
export type WriterNode =
  | { readonly kind: "writer"; readonly writer: KnownWriter }
  | { readonly kind: "section"; readonly section: Section; readonly writer: KnownWriter }
  /** Something that is told and not acted on. */
  | {
      readonly kind: "fact";
      readonly text: string;
      readonly icon: string;
      readonly action?: "pause" | "resume";
    }
  | { readonly kind: "source"; readonly folder: string }
  | { readonly kind: "tag"; readonly writer: string; readonly branch: TagBranch }
  | { readonly kind: "document"; readonly document: PlacedDocument }
  | { readonly kind: "word"; readonly word: string; readonly times: number; readonly documents: number }
  | { readonly kind: "lesson"; readonly lesson: KeptLesson }
  | {
      readonly kind: "version";
      readonly writer: string;
      readonly version: string;
      readonly createdMs: number;
      readonly isActive: boolean;
      readonly canBeUsed: boolean;
    };

type NodeOf<Kind extends WriterNode["kind"]> = WriterNode & { readonly kind: Kind };

/** A row as it is shown. */
export interface WriterRow {
  readonly label: string;
  readonly description?: string;
  /** Name of one of the editor's own icons. */
  readonly icon: string;
  /** Where the mouse rests; absent: what `opens` says, else the label. */
  readonly tooltip?: string;
  /** Says to screen readers what label, description and icon say together. */
  readonly spoken: string;
  /** What the manifest's menus ask for. */
  readonly contextValue: string;
  readonly hasChildren: boolean;
  /** Absolute path of what a click opens. */
  readonly opens?: string;
}

/** Names a row for as long as it says the same, so that what was opened stays open; documents may be below several tags. */
export function rowId(node: WriterNode): string | undefined {
  switch (node.kind) {
    case "writer":
      return node.writer.name;
    case "section":
      return `${node.writer.name}/${node.section}`;
    case "tag":
      return `${node.writer}/tags/${node.branch.tag}`;
    case "lesson":
      return node.lesson.id;
    case "version":
      return node.version;
    case "fact":
    case "source":
    case "document":
    case "word":
      return undefined;
    default:
      return node satisfies never;
  }
}

const isNode = (about: unknown): about is WriterNode =>
  typeof about === "object" && about !== null && "kind" in about;
export const isWriterNode = (about: unknown): about is NodeOf<"writer"> =>
  isNode(about) && about.kind === "writer";
export const isTagNode = (about: unknown): about is NodeOf<"tag"> => isNode(about) && about.kind === "tag";
export const isLessonNode = (about: unknown): about is NodeOf<"lesson"> =>
  isNode(about) && about.kind === "lesson";
export const isVersionNode = (about: unknown): about is NodeOf<"version"> =>
  isNode(about) && about.kind === "version";

/** How a row is shown. */
export function writerRow(node: WriterNode, t: Translate): WriterRow {
  const row = plainRow(node, t);
  const parts = [row.label, row.description].filter((part) => part !== undefined && part !== "");
  return { ...row, spoken: row.spoken === "" ? parts.join(", ") : row.spoken };
}

function plainRow(node: WriterNode, t: Translate): WriterRow {
  const shown = (
    label: string,
    icon: string,
    rest: Partial<WriterRow> = {},
    contextValue: string = node.kind,
  ): WriterRow => ({ label: safeText(label), icon, contextValue, hasChildren: false, spoken: "", ...rest });
  switch (node.kind) {
    case "writer":
      return shown(node.writer.name, "account", {
        description: describeCount(node.writer.documents, "document", t),
        hasChildren: true,
      });
    case "section":
      return sectionRow(node, t);
    case "fact": {
      // The first sentence says it; the others follow where the mouse rests, and aloud.
      const [first = node.text] = node.text.split(/(?<=\.) /);
      const value = node.action === undefined ? "fact" : `fact.${node.action}`;
      return shown(first, node.icon, { tooltip: node.text, spoken: node.text }, value);
    }
    case "source":
      return shown(shortPath(node.folder), "folder");
    case "tag": {
      const { name, documents, children } = node.branch;
      return shown(name, "tag", {
        ...(documents === 0 ? {} : { description: formatCount(documents, t) }),
        hasChildren: documents > 0 || children.length > 0,
        spoken: t("tag {0}, {1}", safeText(node.branch.tag), describeCount(documents, "document", t)),
      });
    }
    case "document": {
      const { path, title, dateMs } = node.document;
      return shown(title ?? path.slice(path.lastIndexOf("/") + 1), "file", {
        ...(dateMs === undefined ? {} : { description: formatDay(dateMs, t) }),
        opens: path,
      });
    }
    case "word":
      return shown(node.word, "quote", {
        description: t("{0} times as often as others", formatCount(node.times, t)),
      });
    case "lesson":
      return lessonRow(node, t);
    case "version":
      return versionRow(node, t);
    default:
      return node satisfies never;
  }
}

function sectionRow({ section, writer }: NodeOf<"section">, t: Translate): WriterRow {
  const row = (label: string, icon: string, description?: string, hasChildren = true): WriterRow => ({
    label,
    icon,
    spoken: "",
    contextValue: `section.${section}`,
    hasChildren,
    ...(description === undefined ? {} : { description }),
  });
  const counted = (label: string, icon: string, count: number) =>
    row(label, icon, formatCount(count, t), count > 0);
  switch (section) {
    case "state":
      return row(t("What was learned"), "book", dayOf(writer, t));
    case "sources":
      return counted(t("Folders"), "folder-library", writer.folders.length);
    case "tags":
      return counted(t("Tags"), "tag", writer.tags);
    case "words":
      return row(t("Words of your own"), "quote");
    case "lessons":
      return counted(t("Lessons"), "mortar-board", writer.lessons);
    case "versions":
      return counted(t("Versions"), "history", writer.versions);
    default:
      return section satisfies never;
  }
}

const dayOf = ({ learnedMs }: KnownWriter, t: Translate): string | undefined =>
  learnedMs === undefined ? undefined : formatDayHere(learnedMs, t);

function lessonRow({ lesson }: NodeOf<"lesson">, t: Translate): WriterRow {
  const [{ label, description } = { label: "", description: "" }] = lessonItems([lesson], t);
  const [, icon = "mortar-board", text = label] = /^\$\(([\w-]+)\) (.*)$/s.exec(label) ?? [];
  return {
    label: text,
    description,
    icon,
    spoken: "",
    contextValue: "lesson",
    hasChildren: false,
    ...(lesson.path === undefined ? {} : { opens: lesson.path }),
  };
}

function versionRow({ createdMs, isActive, canBeUsed }: NodeOf<"version">, t: Translate): WriterRow {
  const state = isActive ? t("in use") : canBeUsed ? undefined : t("of a former version of Idiolect");
  return {
    label: formatMinuteHere(createdMs, t),
    ...(state === undefined ? {} : { description: state }),
    icon: isActive ? "check" : "history",
    spoken: "",
    contextValue: isActive || !canBeUsed ? "version" : "version.other",
    hasChildren: false,
  };
}

/** What is said of learning: how it stands, and in a sentence each what can be counted on. */
export function stateNodes(
  status: LearningStatus | undefined,
  report: WriterReport | undefined,
  writer: string,
  t: Translate,
): readonly WriterNode[] {
  const verdict = report === undefined ? [] : reportVerdict(factsOf(report), t);
  return [
    ...verdict.map((text): WriterNode => ({ kind: "fact", text, icon: "info" })),
    ...(status === undefined ? [] : learningNodes(status, writer, t)),
  ];
}

const factsOf = ({ writer: { gates, languages }, toneAnswers, heldOut: { tags } }: WriterReport) => ({
  gates,
  languages,
  toneAnswers,
  tags,
});

function learningNodes(status: LearningStatus, writer: string, t: Translate): readonly WriterNode[] {
  const { text, tooltip } = viewLearning(status, t);
  const line = text.replace(/\$\([\w~-]+\)\s*/g, "");
  switch (status.kind) {
    case "learning":
      return status.writer === writer ? [{ kind: "fact", text: line, icon: "sync", action: "pause" }] : [];
    case "paused":
      return status.writer === writer
        ? [{ kind: "fact", text: line, icon: "debug-pause", action: "resume" }]
        : [];
    case "failed":
      return status.writer === writer ? [{ kind: "fact", text: status.reason, icon: "warning" }] : [];
    case "elsewhere":
      return [{ kind: "fact", text: tooltip, icon: "sync" }];
    case "idle": {
      const since = viewSince(status, writer, t);
      return since === undefined ? [] : [{ kind: "fact", text: since, icon: "info" }];
    }
    case "unlearned":
    case "readsOnly":
    case "unopened":
      return [];
    default:
      return status satisfies never;
  }
}

/** The line of the status item's tooltip that says what is new. */
function viewSince(
  status: LearningStatus & { readonly kind: "idle" },
  writer: string,
  t: Translate,
): string | undefined {
  const own = status.writers.filter(({ name }) => name === writer);
  const lines = viewLearning({ kind: "idle", writers: own }, t).tooltip.split("\n");
  return lines.length > 2 ? lines[1] : undefined;
}
