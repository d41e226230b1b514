/**
 * How often each gate opens where there is nothing to find, and how often where there is. Everything is drawn from a seed; the
 * drift of tags is measured on blogs, where they lie beside the checkout. Prints tables for docs/evaluation.md.
 *
 *   node scripts/gates/false-openings.ts [draws]
 *
 * That of tone is measured by `idiolect lab evaluate round`.
 */

import { isProven } from "../../src/numbers/gate.ts";
import { meanInterval, pairedBootstrap } from "../../src/numbers/intervals.ts";
import { createRandom, type Random } from "../../src/numbers/random.ts";
import { maskingGate } from "../../src/profile/masking-gate.ts";
import { judgeDrift } from "../../src/profile/watching/drift.ts";
import { lossBand } from "../../src/profile/watching/loss-band.ts";
import { rankOwnWords } from "../../src/profile/watching/rank-own-words.ts";
import { formatPercent } from "../../src/words/format.ts";
import { blogTags, tagDriftTable } from "./blog-tags.ts";
import { gainKinds } from "./draw-gains.ts";
import { drawDocument } from "./draw-losses.ts";
import { drawMeasuredUses, untilDecided } from "./draw-measured-uses.ts";

const draws = Number(process.argv[2] ?? 1_200);
const sizes = [3, 5, 10, 20, 40];

/** Share of draws that come out true. */
function shareOf(name: string, count: number, happens: (random: Random) => boolean): number {
  const random = createRandom(name);
  let happened = 0;
  for (let draw = 0; draw < count; draw++) happened += happens(random.fork(draw)) ? 1 : 0;
  return happened / count;
}

const percent = (share: number): string => formatPercent(share, 1);

function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  console.log([`\n${title}\n`, line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"));
}

const gainsOf = (random: Random, kind: string, count: number, effect: number): readonly number[] =>
  Array.from({ length: count }, () => effect + gainKinds[kind]!(random));

/** The masking gate, which opens for losses below zero. */
function opensMasking(gains: readonly number[]): boolean {
  const difference = meanInterval(gains.map((gain) => -gain));
  return maskingGate({ documents: gains.length, difference }).open;
}

function documentRows(effect: number): readonly (readonly string[])[] {
  return Object.keys(gainKinds).flatMap((kind) =>
    Object.entries({ masking: opensMasking, "prompts for tags and tone": isProven }).map(([gate, opens]) => [
      gate,
      kind,
      ...sizes.map((count) =>
        percent(
          shareOf(`${kind} ${count} ${effect}`, 4 * draws, (random) =>
            opens(gainsOf(random, kind, count, effect)),
          ),
        ),
      ),
    ]),
  );
}

/** What was asked for before: the low end of a percentile bootstrap. */
function bootstrapRow(): readonly string[] {
  const opens = (random: Random, count: number): boolean =>
    pairedBootstrap(gainsOf(random, "normal", count, 0), random, 200).low > 0;
  const shares = sizes.map((count) => shareOf(`bootstrap ${count}`, draws, (random) => opens(random, count)));
  return ["(95 % percentile bootstrap, for comparison)", "normal", ...shares.map(percent)];
}

/** Bands of some documents, and new documents of the same kind or shifted by some deviations. */
function driftRow(shift: number, fresh: number): readonly string[] {
  const kind = { between: 0.25, within: 2.5 };
  const deviation = Math.hypot(kind.between, kind.within / Math.sqrt(80));
  const shares = [6, 10, 20, 40].map((known) =>
    shareOf(`drift ${known} ${shift}`, Math.ceil(draws / 3), (random) => {
      const write = (count: number, mean: number) =>
        Array.from({ length: count }, (_, at) => ({
          ...drawDocument(random, { ...kind, mean }),
          path: `${at}`,
        }));
      const band = lossBand(write(known, 3))!;
      return judgeDrift({ band }, write(fresh, 3 + shift * deviation)).hasDrifted;
    }),
  );
  return [
    shift === 0 ? "the same author" : `shifted by ${shift} deviations`,
    `${fresh}`,
    ...shares.map(percent),
  ];
}

function ownWordRows(): readonly (readonly string[])[] {
  const count = Math.ceil(draws / 2);
  const noise = ownWordsTold("own words", count, {});
  const planted = [2, 3, 4].map((factor) => {
    const { found, told, read } = ownWordsTold(`planted ${factor}`, count / 15, { planted: 8, factor });
    const drawn = 8 * Math.ceil(count / 15);
    return [
      `8 of 60 words moved ${factor} times as far: found`,
      percent(found / drawn),
      percent((told - found) / Math.max(1, told)),
      read.toFixed(1),
    ];
  });
  return [["pure noise: names any word", percent(noise.telling), "", noise.read.toFixed(1)], ...planted];
}

/** Over some draws: words told, planted ones among them, share of draws that tell any, and parts by chance that were read. */
function ownWordsTold(name: string, count: number, drawing: Parameters<typeof drawMeasuredUses>[1]) {
  const random = createRandom(name);
  let [found, told, telling, read] = [0, 0, 0, 0];
  for (let draw = 0; draw < count; draw++) {
    const uses = untilDecided(drawMeasuredUses(random.fork(draw), drawing));
    const words = rankOwnWords(uses, random);
    told += words.length;
    found += words.filter(({ word }) => word.startsWith("own")).length;
    telling += words.length > 0 ? 1 : 0;
    read += uses[0]!.chances.length;
  }
  const done = Math.ceil(count);
  return { found, told, telling: telling / done, read: read / done };
}

const head = ["gate", "gains", ...sizes.map((count) => `${count} documents`)];
printTable("False openings: true effect 0.", head, [...documentRows(0), bootstrapRow()]);
printTable("Power: true effect of one standard deviation.", head, documentRows(1));
printTable(
  "Drift of language: alarms, by documents that the band was made of.",
  ["new documents", "how many", ...[6, 10, 20, 40].map((count) => `band of ${count}`)],
  [driftRow(0, 40), driftRow(1, 20), driftRow(1, 40), driftRow(2, 20)],
);
const blogs = await blogTags();
if (blogs !== undefined) {
  printTable(
    "Drift of tags on the ten blogs.",
    ["blog", "looks", "false alarms", "other writers", "found within 20"],
    tagDriftTable(blogs),
  );
}
printTable(
  "Own words.",
  ["draws", "share", "of the words told, false", "parts by chance read"],
  ownWordRows(),
);
