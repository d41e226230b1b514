import { machineCodeOf } from "./machine-code.ts";
import { largestVsixBytes, partSizes, type VsixEntry, vsixBudgets } from "./vsix-contents.ts";

/** A VSIX that was packed and opened again. */
export interface PackedVsix {
  /** Of its target. */
  readonly name: string;
  readonly bytes: number;
  readonly entries: readonly VsixEntry[];
}

/**
 * The table of docs/platforms.md, in Markdown: for each VSIX its size, the files of its engine with what their own
 * headers say, and what each part takes of it, packed; in the last row the budgets. All sizes are in megabytes.
 */
export function vsixTable(vsixes: readonly PackedVsix[]): string {
  const columns = ["VSIX", "size", "engine's files", "their headers", ...vsixBudgets.map(({ part }) => part)];
  const budgets = vsixBudgets.map(({ maximumBytes }) => megabytes(maximumBytes, 2));
  return [
    columns,
    columns.map(() => "---"),
    ...vsixes.map(rowOf),
    ["at most", megabytes(largestVsixBytes, 2), "", "", ...budgets],
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function rowOf({ name, bytes, entries }: PackedVsix): readonly string[] {
  const engine = entries.flatMap((entry) => {
    const header = headerOf(entry);
    return header === undefined ? [] : [{ file: entry.path.split("/").at(-1)!, header }];
  });
  return [
    name,
    megabytes(bytes, 1),
    engine.map(({ file }) => file).join(", "),
    [...new Set(engine.map(({ header }) => header))].join("; "),
    ...partSizes(entries).map((part) => megabytes(part.bytes, 2)),
  ];
}

/** What the first bytes of a program or library say it is; undefined of anything else. */
function headerOf(entry: VsixEntry): string | undefined {
  const content = entry.read();
  const code = machineCodeOf(content);
  if (code !== undefined) return `${code.format}, ${code.machine}`;
  return content.toString("latin1", 0, 4) === "\0asm" ? "WebAssembly" : undefined;
}

/** A whole number has no decimals. */
const megabytes = (bytes: number, decimals: number): string =>
  String(Number((bytes / 1024 / 1024).toFixed(decimals)));
