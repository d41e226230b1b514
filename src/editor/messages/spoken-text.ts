/** What a screen reader says of an item of the status bar: its text without icons, then its tooltip, as sentences. */
export function spokenText(text: string, tooltip: string): string {
  return [text.replace(/\$\([^)]*\)/g, ""), ...tooltip.split("\n")]
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .map((line) => (/[.!?…]$/.test(line) ? line : `${line}.`))
    .join(" ");
}
