import type { LearningStage, LearningWait } from "../../protocol/learner.ts";
import {
  type CannotLearn,
  type LearningStatus,
  pauseReasons,
  type SinceLearned,
  type WriterSummary,
} from "../../protocol/learning-status.ts";
import { describeCount } from "../../words/describe-counts.ts";
import { describeLanguages, describeWhatIsLearned } from "../../words/describe-languages.ts";
import { formatCount, formatProgress, formatSecondsRoughly, formatTimeOfDay } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";
import { type CommandName, commandNames } from "../command-names.ts";
import { spokenText } from "../messages/spoken-text.ts";

/** What the status item shows: text with icons, a plain tooltip, and what a click does. */
export interface LearningView {
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says: both without icons. */
  readonly spoken: string;
  readonly command: CommandName;
  readonly isWarning: boolean;
}

type Paused = LearningStatus & { readonly kind: "paused" };

export function viewLearning(status: LearningStatus, t: Translate): LearningView {
  switch (status.kind) {
    case "unlearned":
      return view(
        `$(book) ${t("Idiolect: learn your writing")}`,
        t("Idiolect can learn how you write, entirely on this machine. Click to choose the folders."),
        commandNames.learn,
      );
    case "readsOnly":
      return view(
        `$(book) ${t("Idiolect: reads only")}`,
        [status.reason, status.advice].join("\n"),
        commandNames.explainFailure,
      );
    case "unopened":
      return view(
        `$(warning) ${t("Idiolect: what it learned cannot be opened")}`,
        [status.reason, status.advice].join("\n"),
        commandNames.explainFailure,
        true,
      );
    case "idle":
      return view(
        "$(book) Idiolect",
        [
          ...status.writers.flatMap((writer) => describeWriter(writer, t)),
          ...(status.readsOnly === undefined ? [] : [status.readsOnly.reason]),
          t("Click for the report."),
        ].join("\n"),
        commandNames.showReport,
      );
    case "learning":
      return viewProgress(status, t);
    case "paused":
      return view(
        `$(debug-pause) ${t("Idiolect: paused at {0}", formatProgress(status.fraction))}`,
        [
          t("Learning how {0} writes is paused.", status.writer),
          describePause(status.reason, t),
          ...describeWaiting(status.since, t),
          t("Click to go on."),
        ].join("\n"),
        commandNames.resume,
      );
    case "elsewhere":
      return view(
        `$(book) ${t("Idiolect: learning elsewhere")}`,
        t("Another window or a terminal is learning; until it is done, this window only reads."),
        commandNames.showReport,
      );
    case "failed":
      return view(
        `$(warning) ${t("Idiolect: learning failed")}`,
        status.reason,
        commandNames.explainFailure,
        true,
      );
    default:
      return status satisfies never;
  }
}

/** Undefined where this machine learns, as far as is known. */
export function whyReadsOnly(status: LearningStatus | undefined): CannotLearn | undefined {
  if (status?.kind === "readsOnly") return status;
  return status?.kind === "idle" ? status.readsOnly : undefined;
}

/** Learning goes on and has brought no tags yet. */
export function awaitsTags(status: LearningStatus | undefined): boolean {
  if (status?.kind === "learning" && status.waits !== undefined) return false;
  return (status?.kind === "learning" || status?.kind === "elsewhere") && !status.hasTags;
}

function viewProgress(status: LearningStatus & { readonly kind: "learning" }, t: Translate): LearningView {
  const { writer, stage, fraction, secondsLeft, hasTags, waits } = status;
  if (waits !== undefined) return viewWaiting(status, waits, t);
  const percent = formatProgress(fraction);
  const left = secondsLeft === undefined ? undefined : formatSecondsRoughly(secondsLeft, t);
  return view(
    `$(sync~spin) ${left === undefined ? t("Idiolect: {0}", percent) : t("Idiolect: {0}, {1} left", percent, left)}`,
    [
      t("Learning how {0} writes: {1}.", writer, describeStage(stage, t)),
      ...(hasTags ? [t("Tags can be suggested already.")] : []),
      ...describeWaiting(status.since, t),
      t("Click to pause."),
    ].join("\n"),
    commandNames.pause,
  );
}

/** What learning waits for, and where it stands. */
export function describeWait(
  { writer, fraction }: Pick<LearningStatus & { readonly kind: "learning" }, "writer" | "fraction">,
  waits: LearningWait,
  t: Translate,
): string {
  const percent = formatProgress(fraction);
  return waits.for === "mains"
    ? t("Learning how {0} writes waits for mains power, at {1}.", writer, percent)
    : t("Learning how {0} writes waits for the hours that you chose, at {1}.", writer, percent);
}

function viewWaiting(
  status: LearningStatus & { readonly kind: "learning" },
  waits: LearningWait,
  t: Translate,
): LearningView {
  const { hasTags, since } = status;
  const [icon, short, advice] =
    waits.for === "mains"
      ? [
          "plug",
          t("Idiolect: waits for mains power"),
          t(
            "It goes on by itself. To learn on battery, too, change the setting idiolect.learning.onBattery.",
          ),
        ]
      : [
          "clock",
          t("Idiolect: waits until {0}", formatTimeOfDay(waits.untilMs, t)),
          t("It goes on by itself. To learn at other hours, change the setting idiolect.learning.schedule."),
        ];
  return view(
    `$(${icon}) ${short}`,
    [
      describeWait(status, waits, t),
      advice,
      ...(hasTags ? [t("Tags can be suggested already.")] : []),
      ...describeWaiting(since, t),
      t("Click to pause."),
    ].join("\n"),
    commandNames.pause,
  );
}

function describePause(reason: Paused["reason"], t: Translate): string {
  return reason === pauseReasons.askedFor
    ? t("It was asked to pause.")
    : t("It was cut short, and can go on from where it was.");
}

function describeStage(stage: LearningStage, t: Translate): string {
  switch (stage) {
    case "corpus":
      return t("reading the documents");
    case "early":
      return t("preparing the first tags");
    case "masking":
      return t("learning the language");
    case "measuring":
      return t("measuring whether it helps");
    case "reading":
      return t("reading all sentences");
    case "tags":
      return t("learning the tags");
    case "tone":
      return t("learning the tone");
    case "voice":
      return t("learning how it sounds");
    case "words":
      return t("looking for words that you use in your own way");
    default:
      return stage satisfies never;
  }
}

function describeWriter(
  { name, documents, words, languages, since }: WriterSummary,
  t: Translate,
): readonly string[] {
  const [counts, told] = [
    [describeCount(documents, "document", t), describeCount(words, "word", t)],
    languages && [describeLanguages(languages, t), describeWhatIsLearned(languages, t)],
  ];
  const parts = [...counts, ...(told ?? []).filter((part) => part !== undefined)];
  const known = t("{0}: {1}", name, parts.join(", "));
  const news = since && describeSince(since, t);
  return news === undefined ? [known] : [known, t("Since then: {0}. Learn again to include it.", news)];
}

/** Undefined where nothing is new. */
function describeSince({ added, changed, gone, lessons }: SinceLearned, t: Translate): string | undefined {
  const parts = [
    ...(added === 0 ? [] : [t("{0} new", formatCount(added, t))]),
    ...(changed === 0 ? [] : [t("{0} changed", formatCount(changed, t))]),
    ...(gone === 0 ? [] : [t("{0} gone", formatCount(gone, t))]),
    ...(lessons === 0 ? [] : [t("{0} taught", formatCount(lessons, t))]),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** What comes while a run goes on is learned after it. */
function describeWaiting(since: SinceLearned | undefined, t: Translate): readonly string[] {
  const news = since && describeSince(since, t);
  return news === undefined ? [] : [t("Since it began: {0}. This will be learned afterwards.", news)];
}

function view(text: string, tooltip: string, command: CommandName, isWarning = false): LearningView {
  return { text, tooltip, spoken: spokenText(text, tooltip), command, isWarning };
}
