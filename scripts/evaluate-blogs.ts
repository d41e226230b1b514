/*
 * Runs `idiolect evaluate` on the blogs of a folder and prints the tables of docs/evaluation.md.
 *   node scripts/evaluate-blogs.ts tags [--corpora ../shared/corpora] [--only blog,blog]
 *   node scripts/evaluate-blogs.ts mlm  [--only blog,blog] [-- --tuning prompts+marginals]
 * What stands behind `--` is handed on to `idiolect evaluate`.
 * Before `tags`: node scripts/tags/fit-ranker-prior.ts --leave-one-out .cache/evaluation/priors
 * A blog's `other` writer is the next one in the list. Needs a build (`npm run build`).
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { MlmEvaluation } from "../src/lab/mlm/evaluate-mlm.ts";
import type { TagEvaluation } from "../src/lab/tags/evaluate-tags.ts";
import { mean } from "../src/numbers/mean.ts";
import { formatInterval, formatSigned } from "../src/words/format.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpora: { type: "string", default: "../shared/corpora" },
    cache: { type: "string", default: ".cache/evaluation" },
    only: { type: "string" },
  },
});
const [kind, ...handedOn] = positionals;
if (!existsSync(options.corpora)) {
  throw new Error(
    `${options.corpora} is missing: name a folder with one blog in each of its folders, --corpora <dir>`,
  );
}
const allBlogs = readdirSync(options.corpora, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const only = options.only?.split(",") ?? allBlogs;
const unknown = only.filter((name) => !allBlogs.includes(name));
if (unknown.length > 0) {
  throw new Error(
    `${unknown.join(", ")}: no such blog in ${options.corpora}. There are ${allBlogs.join(", ")}.`,
  );
}
const blogs = allBlogs.filter((name) => only.includes(name));
console.log(`${cpus()[0]!.model}, ${cpus().length} cores, Node ${process.version}\n`);
if (kind === "tags") {
  evaluateTags();
} else if (kind === "mlm") {
  evaluateMlm();
} else {
  throw new Error("Say what to evaluate: tags or mlm");
}

function evaluateTags(): void {
  const results = blogs.map((blog) => {
    // A blog that the shipped weights were fitted on is measured with weights fitted without it.
    const prior = join(options.cache, "priors", `${blog}.json`);
    const fair = existsSync(prior) ? ["--prior", prior] : [];
    const result = idiolect<TagEvaluation>("tags", join(options.corpora, blog), ...fair);
    const { idiolect: own, [result.bestOther]: best } = result.methods;
    console.log(
      `| ${blog} | ${own!.known.mrr.toFixed(3)} / ${own!.known.recallAt5.toFixed(3)} | ${result.bestOther} ` +
        `${best!.known.mrr.toFixed(3)} / ${best!.known.recallAt5.toFixed(3)} | ${formatInterval(result.difference, threeDigits)} | ` +
        `${own!.all.recallAt5.toFixed(3)} |`,
    );
    return result;
  });
  console.log(
    "\n| method | known MRR | known recall@5 | known precision@1 | all recall@5 |\n|---|---|---|---|---|",
  );
  for (const method of Object.keys(results[0]!.methods)) {
    const rows = results.map(({ methods }) => methods[method as keyof typeof methods]!);
    const figures = [
      mean(rows.map(({ known }) => known.mrr)),
      mean(rows.map(({ known }) => known.recallAt5)),
      mean(rows.map(({ known }) => known.precisionAt1)),
      mean(rows.map(({ all }) => all.recallAt5)),
    ];
    console.log(`| ${method} | ${figures.map((figure) => figure.toFixed(3)).join(" | ")} |`);
  }
}

function evaluateMlm(): void {
  for (const blog of blogs) {
    const other = allBlogs[(allBlogs.indexOf(blog) + 1) % allBlogs.length]!;
    const result = idiolect<MlmEvaluation>(
      "mlm",
      join(options.corpora, blog),
      "--other",
      join(options.corpora, other),
    );
    const { none, shared, own, difference, differenceToOther } = result;
    const change = (from: number): string => `${formatSigned(100 * (own.perplexity / from - 1), 1)} %`;
    console.log(
      `| ${blog} | ${none.perplexity.toFixed(2)} | ${shared.perplexity.toFixed(2)} | ${own.perplexity.toFixed(2)} | ` +
        `${result.other.perplexity.toFixed(2)} (${other}) | ${change(none.perplexity)} | ${change(shared.perplexity)} | ` +
        `${formatInterval(difference, threeDigits)} | ${formatInterval(differenceToOther, threeDigits)} |`,
    );
  }
}

function idiolect<Result>(...parts: readonly string[]): Result {
  const command = ["dist/cli.js", "lab", "evaluate", ...parts, ...handedOn, "--json", "--quiet"];
  const output = execFileSync(process.execPath, command, {
    encoding: "utf8",
    env: { ...process.env, IDIOLECT_EVALUATION_CACHE: options.cache },
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(output) as Result;
}

function threeDigits(value: number): string {
  return formatSigned(value, 3);
}
