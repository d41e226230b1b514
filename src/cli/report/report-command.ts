import type { Command } from "commander";
import { diskFileSource } from "../../corpus/files/file-source.ts";
import { CorpusLook, countNews } from "../../learner/corpus/corpus-look.ts";
import { type ProfileReport, reportShape } from "../../profile/report.ts";
import { type DriftState, watchDrift } from "../../profile/watching/drift-watch.ts";
import type { SinceLearned } from "../../protocol/learning-status.ts";
import { toneAnswers } from "../../readings/tone/tone-corrections.ts";
import { writerWriting } from "../../readings/voice/writer-writing.ts";
import { threadCount } from "../../session/learning-options.ts";
import { openOthersWriting } from "../../session/voice-background.ts";
import { inventoryFor } from "../../store/inventory.ts";
import type { ProfileVersion } from "../../store/repositories/profile-versions.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { formatBytes, formatPlural } from "../../words/format.ts";
import { answerJson } from "../answer-json.ts";
import { chooseWriter } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { formatTable } from "../format-table.ts";
import { openSession } from "../open-session.ts";
import type { CommandSurroundings } from "../surroundings.ts";
import { describeReport, describeVerdict, describeWriting } from "./describe-report.ts";
import { activeVersion, describeVersions, versionAsJson } from "./profile-command.ts";
import { storedInEnglish } from "./stored-in-english.ts";

type ReportOptions = CommonOptions<"store" | "writer" | "model">;

export function addReportCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("report")
    .description("show what was learned, whether it helps, and what is stored where");
  addCommonOptions(command, "store", "writer", "model").action(async (options: ReportOptions) => {
    const terminal = surroundings(options);
    await using session = openSession(options, terminal);
    const { store } = session;
    const writer = chooseWriter(store, options.writer);
    const report = activeReport(store, writer);
    const drift = await watchDrift({
      store,
      writer,
      source: diskFileSource,
      openReader: async () => (await session.reading()).reader,
      threads: threadCount(),
    });
    const since = countNews(await new CorpusLook().look(store, writer));
    const versions = store.profileVersions.list(writer.id);
    const writing = await writerWriting(store, writer.id, openOthersWriting());
    const stored = storedInEnglish(inventoryFor(store, writer));
    terminal.out(
      options.json
        ? answerJson({ ...reportAsJson(writer, report, drift, versions, stored), since, writing })
        : [
            describeVerdict(report, toneAnswers(store, writer.id)),
            describeWriting(writing),
            describeReport(writer.name, report),
            describeSince(since, drift),
            describeVersions(versions),
            describeStored(stored),
          ].join("\n\n"),
    );
  });
}

function describeSince({ added, changed, gone, lessons }: SinceLearned, drift: DriftState): string {
  const counts =
    added + changed + gone + lessons === 0
      ? "nothing is new"
      : `${formatPlural(added, "document")} new, ${changed} changed, ${gone} gone, ` +
        `${formatPlural(lessons, "lesson")} taught: learn again to include them`;
  return `since then\n  ${counts}\n  ${drift.watched ? "" : "not watched: "}${drift.reason}`;
}

/** The report of the writer's active profile version. Throws NoProfileError where there is none. */
export function activeReport(store: Store, writer: Writer): ProfileReport {
  return reportShape.parse(activeVersion(store, writer).report);
}

/** The object of `report --json`. */
function reportAsJson(
  writer: Writer,
  {
    corpus,
    curves,
    heldOut,
    gate,
    learned,
    signs = [],
    echo,
    replay,
    drift: atLearning,
    ownWords,
  }: ProfileReport,
  drift: DriftState,
  versions: readonly ProfileVersion[],
  stored: ReturnType<typeof storedInEnglish>,
) {
  return {
    version: 1,
    writer: writer.name,
    corpus,
    curves,
    heldOut,
    gate,
    learned,
    signs,
    drift: { ...drift, atLearning: atLearning ?? null },
    replay: replay ?? null,
    echo: echo ?? null,
    ownWords: ownWords ?? null,
    profileVersions: versions.map(versionAsJson),
    stored,
  };
}

function describeStored(stored: ReturnType<typeof storedInEnglish>): string {
  const rows = stored.map(({ what, where, bytes }) => [what, formatBytes(bytes), where]);
  return `stored\n${formatTable(rows)}`;
}
