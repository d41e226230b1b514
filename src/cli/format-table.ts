/** Rows as columns: numbers (cells that start with a digit or sign) to the right, words to the left. */
export function formatTable(rows: readonly (readonly string[])[], indent = "  "): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  const isNumeric = (at: number) => rows.slice(1).every((row) => /^[−+\d]|^$/.test(row[at] ?? ""));
  return rows
    .map((row) => {
      const cells = row.map((cell, at) =>
        at > 0 && isNumeric(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!),
      );
      return `${indent}${cells.join("  ")}`.trimEnd();
    })
    .join("\n");
}
