import { LearnerDiedError } from "../../learner/errors.ts";
import { LearnerProcess } from "../../learner/learner-process.ts";
import { weightCachePath } from "../../plm/cache/weight-cache-path.ts";
import type {
  CorpusSettings,
  FromLearner,
  LearningJob,
  LearningOutcome,
  LearningWait,
} from "../../protocol/learner.ts";
import { settings } from "../../protocol/settings.ts";
import { learningOptions } from "../../session/learning-options.ts";
import { remarkInEnglish } from "../../session/notices.ts";
import { describeLanguages } from "../../words/describe-languages.ts";
import { formatPlural } from "../../words/format.ts";
import { CancelledError } from "../errors.ts";
import type { Surroundings } from "../surroundings.ts";
import { describeAuthors, describeLeftOut } from "./describe-authorship.ts";
import { describeWait, LearningBar } from "./learning-bar.ts";

export interface LearnerRequest {
  readonly folders: readonly string[];
  readonly writer: string;
  readonly store: string;
  readonly model: string;
  readonly seed: number;
  readonly cpuPercent?: number;
  /** Whether to wait for mains power while the machine runs on battery. */
  readonly pauseOnBattery?: boolean;
  /** The hours of the day to learn in; absent: always. */
  readonly schedule?: string;
  /** Absent: the files that were chosen before. */
  readonly corpus?: CorpusSettings;
  readonly author?: string;
  readonly coAuthors?: boolean;
  /** Whether the voice is learned, too; absent: as before. */
  readonly voice?: boolean;
}

/** How the system ends a process whose weights another program has cut short. */
const cutShort = "SIGBUS";

/**
 * Learns in a process of its own and shows how it goes. Ctrl-C writes a checkpoint first. A learner whose weights were
 * cut short meanwhile is started once more: it makes them anew and goes on from its last checkpoint.
 * @param hear is told what the learner tells, too
 */
export async function runLearner(
  request: LearnerRequest,
  surroundings: Surroundings,
  hear: (message: FromLearner) => void = () => undefined,
): Promise<LearningOutcome> {
  const bar = new LearningBar(surroundings.hasTerminal);
  const start = () =>
    new LearnerProcess(jobOf(request), (message) => {
      bar.show(message);
      tell(message, surroundings, bar);
      hear(message);
    });
  let learner = start();
  const pause = () => learner.pause();
  process.on("SIGINT", pause);
  process.on("SIGTERM", pause);
  try {
    const end = await learner.ended.catch((cause: unknown) => {
      if (!(cause instanceof LearnerDiedError && cause.how === cutShort)) throw cause;
      const message = "The model's unpacked weights were cut short while they were in use.";
      bar.pass(() => surroundings.warn(`${message} Starting again from the last checkpoint.`));
      learner = start();
      return learner.ended;
    });
    if (end.kind === "done") {
      return end.outcome;
    }
    throw new CancelledError("Stopped; a checkpoint is kept. Run the same command again to continue.");
  } finally {
    process.off("SIGINT", pause);
    process.off("SIGTERM", pause);
    bar.stop();
  }
}

function jobOf({
  folders,
  writer,
  store,
  model,
  seed,
  corpus,
  cpuPercent = settings["learning.cpuPercent"].inTerminal,
  pauseOnBattery = false,
  schedule,
  author,
  coAuthors,
  voice,
}: LearnerRequest): LearningJob {
  const onBattery = pauseOnBattery ? "pause" : settings["learning.onBattery"].inTerminal;
  return {
    writer,
    folders: [...folders],
    ...(corpus && { corpus }),
    whose: {
      ...(coAuthors === undefined ? {} : { coAuthors }),
      ...(author === undefined ? {} : { author }),
    },
    storePath: store,
    modelPath: model,
    cachePath: weightCachePath(),
    options: learningOptions({
      seed,
      cpuPercent,
      onBattery,
      schedule,
      ...(voice === undefined ? {} : { voice }),
    }),
  };
}

function tell(message: FromLearner, { note, warn }: Surroundings, bar: LearningBar): void {
  switch (message.kind) {
    case "notice":
      bar.pass(() => warn(remarkInEnglish(message)));
      return;
    case "found":
      bar.pass(() => note(describeFound(message)));
      return;
    case "resumed":
      bar.pass(() => note(`Continuing from step ${message.step} of ${message.steps}.`));
      return;
    case "waiting":
      bar.pass(() => note(describeStanding(message.wait)));
      return;
    default:
      return;
  }
}

const describeStanding = (wait: LearningWait | undefined): string =>
  wait === undefined
    ? "Learning goes on."
    : `Learning waits ${describeWait(wait)} and then goes on by itself.`;

function describeFound(found: Extract<FromLearner, { kind: "found" }>): string {
  const { documents, changed, words, tags, folders, authors = [], leftOut = [], languages } = found;
  const [by, left] = [describeAuthors(authors), describeLeftOut(leftOut)];
  const told = languages && describeLanguages(languages);
  return [
    `Found ${formatPlural(documents, "document")} (${changed} new or changed), ${formatPlural(words, "word")}, ` +
      `${formatPlural(tags, "tag")} in ${folders.join(", ")}.`,
    ...(told === undefined ? [] : [`In ${told}.`]),
    ...(by === undefined
      ? []
      : [`Several people have written there: ${by}. Use --author to choose whose texts to learn from.`]),
    ...(left === undefined ? [] : [`${left}.`]),
  ].join("\n");
}
