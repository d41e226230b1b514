import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/* What several tests and the pictures do in the editor with the sample blog and its draft. */

interface Patience {
  readonly timeout: number;
}

/** Asks for the tag 'tides' to be called 'water/tides', as far as the list of places; where words are typed. */
export async function renameTides(workbench: Workbench, patience: Patience): Promise<Locator> {
  await workbench.command("Idiolect: Rename Tag");
  const input = workbench.quickInput.locator("input[type=text]").first();
  await workbench
    .picks(/documents: \d/)
    .first()
    .waitFor(patience);
  await input.fill("tides");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.getByText("What is ‘tides’ to be called?").waitFor();
  await input.fill("water/tides");
  await workbench.page.keyboard.press("Enter");
  await workbench
    .picks(/places: 1/)
    .first()
    .waitFor(patience);
  return input;
}

/** Types the beginning of a tag into the draft's front matter, and takes the rest from the list. */
export async function completeTides(workbench: Workbench, patience?: Patience): Promise<void> {
  await workbench.cursorToEndOf("author: Dorcas Wain");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.type("tags: [tid", { delay: 30 });
  const rows = workbench.page.locator(".suggest-widget.visible .monaco-list-row");
  await rows.filter({ hasText: "tides" }).first().click(patience);
  await workbench.line("tags: [tides").waitFor();
}

/** Takes back what was written into the draft's front matter. */
export async function undoTags(workbench: Workbench): Promise<void> {
  while (await workbench.line("tags:").isVisible()) {
    await workbench.page.keyboard.press("Control+z");
  }
}

/** Says in its hover that a sentence of the draft is negative, and sees it read so. */
export async function teachNegative(workbench: Workbench): Promise<void> {
  const hover = await workbench.hover("Nothing lost", /For me it is/);
  await hover.locator("a", { hasText: "negative" }).click();
  await workbench.statusItem("Noted: negative for you").waitFor();
  await workbench.closeHover();
  await workbench.hover("Nothing lost", /as you said/);
  await workbench.closeHover();
}
