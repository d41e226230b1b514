import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import type { LearningOutcome } from "../protocol/learner.ts";
import { explainTone } from "../readings/tone/explain-tone.ts";
import { ToneReader } from "../readings/tone/tone-reader.ts";
import { sampleBlogPath, sampleDraftPath } from "../session/package-root.ts";
import type { ReadingSession } from "../session/session.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { TagSuggestion } from "../tags/tag-suggester.ts";
import { answerJson } from "./answer-json.ts";
import { addCommonOptions, type CommonOptions } from "./common-options.ts";
import { runLearner } from "./learning/run-learner.ts";
import { withReadingSession } from "./open-session.ts";
import { describeReading, type SentenceReading } from "./reading/describe-reading.ts";
import { readSource } from "./reading/read-source.ts";
import { describeTags, tagAsJson, tagsFor } from "./reading/tags-command.ts";
import { describeReport } from "./report/describe-report.ts";
import { activeReport } from "./report/report-command.ts";
import type { CommandSurroundings, Surroundings } from "./surroundings.ts";

/** The writer of the sample blog, and two sentences that she has not written there. */
const sampleWriter = "Dorcas Wain";
const sampleSentences = [
  "Mrs Oduya's new seed cake is disgraceful.",
  "I was so happy on the walk home that I sang.",
] as const;
const shownTags = 5;

type DemoOptions = CommonOptions<"seed" | "model">;

export function addDemoCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("demo")
    .description("learn the sample blog into a store of its own, and read as its writer");
  addCommonOptions(command, "seed", "model").action(async (options: DemoOptions) => {
    const terminal = surroundings(options);
    const store = await mkdtemp(join(tmpdir(), "idiolect-demo-"));
    try {
      await demonstrate({ ...options, store }, terminal);
    } finally {
      await rm(store, { recursive: true, force: true });
    }
  });
}

async function demonstrate(
  options: DemoOptions & { readonly store: string },
  terminal: Surroundings,
): Promise<void> {
  const say = options.json ? () => undefined : terminal.out;
  say(`Learning ${sampleWriter} from media/sample-blog in the same way as idiolect learn does.\n`);
  const learned = await runLearner(
    { ...options, folders: [sampleBlogPath()], writer: sampleWriter },
    terminal,
  );
  await withReadingSession(options, terminal, async (session) => {
    const writer = session.store.writers.named(sampleWriter)!;
    const report = activeReport(session.store, writer);
    say(`${describeReport(sampleWriter, report)}\n`);
    const readings = await readSample(session, writer);
    say(`two sentences that are not in the blog\n${readings.map(describeReading).join("\n")}\n`);
    const draft = await readSource(sampleDraftPath(), terminal);
    const tags = await tagsFor(session, writer, draft, { limit: shownTags, new: 0 });
    say(`tags for media/sample-draft.md\n${describeTags(tags)}`);
    if (options.json) {
      terminal.out(answerJson(demoAsJson(learned, readings, tags)));
    }
  });
}

async function readSample(
  { store, reader, encoder, profileOf }: ReadingSession,
  writer: Writer,
): Promise<readonly SentenceReading[]> {
  const known = { store, id: writer.id, state: profileOf(writer) };
  const tone = await ToneReader.open({ encoder, reader }, known);
  const { sentences, gate } = await tone.read("demo", sampleSentences, { unproven: true });
  const reasons = await Promise.all(sampleSentences.map((text) => explainTone({ encoder, reader }, text)));
  return sampleSentences.map((text, at) => ({ text, ...sentences[at]!, reason: reasons[at]!, gate }));
}

function demoAsJson(
  learn: LearningOutcome,
  readings: readonly SentenceReading[],
  tags: readonly TagSuggestion[],
) {
  const sentences = readings.map(({ text, general, personal, reason }) => ({
    text,
    general,
    personal,
    reason,
  }));
  return { version: 1, learn, sentences, tags: tags.map(tagAsJson) };
}
