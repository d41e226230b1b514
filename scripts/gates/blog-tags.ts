import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { diskFileSource } from "../../src/corpus/files/file-source.ts";
import { readCorpus } from "../../src/corpus/read-corpus.ts";
import { byDate, undatedMs } from "../../src/numbers/by-date.ts";
import { tagDrift } from "../../src/profile/watching/tag-drift.ts";
import { formatPercent } from "../../src/words/format.ts";

const corpora = join(import.meta.dirname, "../../../shared/corpora");

interface Tagged {
  readonly tags: readonly string[];
}

/** Tags of blogs, by name, documents in order of time; undefined where there are none beside the checkout. */
export async function blogTags(
  folder = corpora,
): Promise<ReadonlyMap<string, readonly Tagged[]> | undefined> {
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const blogs = new Map<string, readonly Tagged[]>();
  for (const { name } of names) {
    const { documents } = await readCorpus([join(folder, name)], {}, diskFileSource);
    const undated = undatedMs(documents.map(({ dateMs }) => dateMs));
    blogs.set(
      name,
      byDate(documents.map(({ path, dateMs = undated, tags }) => ({ id: path, timeMs: dateMs, tags }))),
    );
  }
  return blogs;
}

/** Shares of a blog after which it counts as learned. */
const cuts = [0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9];

/** For each blog: looks at its own next forty posts, and at twenty of every other blog, learned at several points. */
export function tagDriftTable(blogs: ReadonlyMap<string, readonly Tagged[]>): readonly (readonly string[])[] {
  const rows = Array.from(blogs, ([name, posts]) => {
    const profiles = cuts
      .map((share) => Math.round(share * posts.length))
      .filter((cut) => posts.length - cut >= 8);
    const looks = profiles.flatMap((cut) => {
      const fresh = posts.slice(cut, cut + 40);
      const sizes = fresh.map((_, at) => at + 1).filter((size) => size % 5 === 0 || size === fresh.length);
      return sizes.flatMap((size) => tagDrift(posts.slice(0, cut), fresh.slice(0, size)) ?? []);
    });
    const others = profiles.flatMap((cut) =>
      Array.from(blogs).flatMap(([other, theirs]) =>
        other === name
          ? []
          : [
              [5, 10, 15, 20].some(
                (size) => tagDrift(posts.slice(0, cut), theirs.slice(-20).slice(0, size))?.isUnusual,
              ),
            ],
      ),
    );
    const alarms = looks.filter(({ isUnusual }) => isUnusual).length;
    return { name, looks: looks.length, alarms, others: others.length, found: others.filter(Boolean).length };
  });
  const total = (of: "looks" | "alarms" | "others" | "found") => rows.reduce((sum, row) => sum + row[of], 0);
  const all = {
    name: "all",
    looks: total("looks"),
    alarms: total("alarms"),
    others: total("others"),
    found: total("found"),
  };
  return [...rows, all].map(({ name, looks, alarms, others, found }) => [
    name,
    `${looks}`,
    `${alarms} (${formatPercent(alarms / Math.max(1, looks), 1)})`,
    `${others}`,
    formatPercent(found / Math.max(1, others), 1),
  ]);
}
