/**
 * Prints how many folders, files and lines each room of src has: `node scripts/count-rooms.ts`, or with a
 * commit for an older state. Panels lay in media/webview before, and count as `webview`.
 */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

interface Counted {
  readonly path: string;
  readonly lines: number;
}

/** The tracked files of code and their lines, in the working tree or at a commit. */
function countLines(commit: string | undefined): readonly Counted[] {
  const at = commit === undefined ? [] : [commit];
  const { stdout, stderr, status } = spawnSync(
    "git",
    ["grep", "-c", "", ...at, "--", "src/**.ts", "src/**.css", "media/webview/*.ts", "media/webview/*.css"],
    { cwd: `${import.meta.dirname}/..`, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`git could not count: ${stderr}`);
  return stdout
    .trimEnd()
    .split("\n")
    .map((row) => {
      const [, path = "", lines] = row.match(/^(?:[^:/]+:)?(.*):(\d+)$/) ?? [];
      return { path, lines: Number(lines) };
    });
}

function row(name: string, counted: readonly Counted[]): string {
  const folders = new Set(counted.map(({ path }) => dirname(path))).size;
  const lines = counted.reduce((sum, each) => sum + each.lines, 0);
  return `| ${name} | ${folders} | ${counted.length} | ${lines.toLocaleString("en")} |`;
}

const counted = countLines(process.argv[2]);
const rooms = Map.groupBy(counted, ({ path }) => path.split("/")[1]!);
const lab = rooms.get("lab") ?? [];
const rows = [...rooms]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([room, files]) => row(`\`${room}\``, files));
const table = [
  "| room | folders | files | lines |",
  "|---|---:|---:|---:|",
  ...rows,
  ...(lab.length === 0
    ? []
    : [
        row(
          "all but `lab`",
          counted.filter((each) => !lab.includes(each)),
        ),
      ]),
  row("all", counted),
];
process.stdout.write(`${table.join("\n")}\n`);
