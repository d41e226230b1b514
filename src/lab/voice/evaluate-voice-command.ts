import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { addCommonOptions, type CommonOptions, parseFile } from "../../cli/common-options.ts";
import { UsageError } from "../../cli/errors.ts";
import { formatTable } from "../../cli/format-table.ts";
import { progressBar } from "../../cli/progress-bar.ts";
import type { CommandSurroundings } from "../../cli/surroundings.ts";
import { openVoiceBackground } from "../../session/voice-background.ts";
import { formatPercent, formatRange } from "../../words/format.ts";
import { evaluateVoice, type PairsWon, type VoiceEvaluation } from "./evaluate-voice.ts";

interface VoiceOptions extends CommonOptions<"seed"> {
  readonly posts: string;
  readonly rewrites: string;
}

/** `idiolect lab evaluate voice --posts <file> --rewrites <file>`. */
export function addEvaluateVoice(evaluate: Command, surroundings: CommandSurroundings): void {
  const voice = evaluate
    .command("voice")
    .description("learn writers' voices, and tell their paragraphs from rewritten ones and from strangers'")
    .requiredOption(
      "--posts <file>",
      "JSON lines { writer, text }, also path and date; packed with gzip or not",
      parseFile,
    )
    .requiredOption("--rewrites <file>", "JSON lines { writer, original, light, full }", parseFile);
  addCommonOptions(voice, "seed").action(async ({ posts, rewrites, seed, ...options }: VoiceOptions) => {
    const terminal = surroundings(options);
    const folder = process.env["IDIOLECT_EVALUATION_CACHE"] ?? join(tmpdir(), "idiolect-voice");
    const bar = progressBar(terminal.hasTerminal, "  {bar} {value}/{total} writers");
    bar?.start(1, 0);
    const request = { posts, rewrites, background: openVoiceBackground(), seed, folder };
    const answer = await evaluateVoice(request, (done, of) => {
      bar?.setTotal(of);
      bar?.update(done);
    }).finally(() => bar?.stop());
    for (const writer of answer.leftOut) terminal.warn(`${writer} is left out: there are too few posts.`);
    if (answer.areaUnderCurve.writers.length === 0) {
      throw new UsageError(
        `No writer of ${rewrites} has enough posts in ${posts}. Give posts by the same writers.`,
      );
    }
    terminal.out(options.json ? JSON.stringify(answer) : describeVoice(answer));
  });
}

function describeVoice({ methods, areaUnderCurve: { writers } }: VoiceEvaluation): string {
  const share = ({ right, of }: PairsWon): string => `${right} of ${of}, ${formatPercent(right / of, 1)}`;
  const rows = Object.entries(methods).map(([name, { pairs, areaUnderCurve }]) => [
    name,
    share(pairs.light),
    share(pairs.full),
    `${areaUnderCurve.mean.toFixed(3)} ${formatRange(areaUnderCurve, 3)}`,
  ]);
  const own = writers.map(({ writer, light, full, area }) => [
    writer,
    share(light),
    share(full),
    area.toFixed(3),
  ]);
  return formatTable([
    ["", "above the light rewriting", "above the full one", "area under the curve"],
    ...rows,
    ...own,
  ]);
}
