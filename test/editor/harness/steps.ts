import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/* What several tests and the pictures do in the editor, some of it with the sample blog and its draft. */

/** Settings of an editor in which workspace trust is on, and no folder is trusted. */
export const restricted = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "always",
};

/** Agrees to the folder that is proposed to be learned. */
export async function agreeToLearn(workbench: Workbench, folder: string): Promise<void> {
  await workbench.statusItem("learn your writing").click();
  await workbench.picks(folder).first().waitFor();
  await workbench.acceptPicks();
}

/** Writes what was learned of the only writer into a file, without the text of the documents. */
export async function exportTo(
  workbench: Workbench,
  writer: string,
  file: string,
  patience: Patience,
): Promise<void> {
  const input = workbench.quickInput.locator("input[type=text]").first();
  await workbench.command("Idiolect: Export");
  await workbench.picks("Without the text").click();
  // The dialog writes the name that it begins with when it has listed the folder.
  const name = JSON.stringify(`/${writer.replaceAll(" ", "-")}.idiolect`);
  const isListed = `document.querySelector(".quick-input-widget input[type=text]")?.value.endsWith(${name})`;
  await workbench.page.waitForFunction(isListed, undefined, patience);
  await input.fill(file);
  // Enter would open the folder that the list has in front.
  await workbench.acceptPicks();
  await workbench.notification(`What was learned of ${writer} is in`).waitFor(patience);
}

interface Patience {
  readonly timeout: number;
}

/** Asks for the tag 'tides' to be called 'water/tides', as far as the list of places; where words are typed. */
export async function renameTides(workbench: Workbench, patience: Patience): Promise<Locator> {
  return await renameTag(workbench, "tides", "water/tides", patience);
}

/** Asks for a tag to be called otherwise, as far as the list of places; where words are typed. */
export async function renameTag(
  workbench: Workbench,
  from: string,
  to: string,
  patience: Patience,
): Promise<Locator> {
  await workbench.command("Idiolect: Rename Tag");
  const input = workbench.quickInput.locator("input[type=text]").first();
  await workbench
    .picks(/documents: \d/)
    .first()
    .waitFor(patience);
  await input.fill(from);
  await workbench.page.keyboard.press("Enter");
  await workbench.page.getByText(`What is ‘${from}’ to be called?`).waitFor();
  await input.fill(to);
  await workbench.page.keyboard.press("Enter");
  await workbench
    .picks(/places: 1/)
    .first()
    .waitFor(patience);
  return input;
}

/** Types the beginning of a tag into the draft's front matter, and takes the rest from the list. */
export const completeTides = (workbench: Workbench, patience?: Patience): Promise<void> =>
  completeTag(workbench, "tides", patience);

/** The same with any tag, below a line of the front matter. */
export async function completeTag(
  workbench: Workbench,
  tag: string,
  patience?: Patience,
  below = "author: Dorcas Wain",
): Promise<void> {
  await workbench.cursorToEndOf(below);
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.type(`tags: [${tag.slice(0, 3)}`, { delay: 30 });
  const rows = workbench.page.locator(".suggest-widget.visible .monaco-list-row");
  await rows.filter({ hasText: tag }).first().click(patience);
  await workbench.line(`tags: [${tag}`).waitFor();
}

/** Has tags suggested for the folder, and leaves the list without taking one. */
export async function leaveFolderTags(workbench: Workbench, patience?: Patience): Promise<void> {
  await workbench.command("Idiolect: Suggest Tags for Folder");
  await workbench.picks(/\d %/).first().waitFor(patience);
  await workbench.page.keyboard.press("Escape");
  await workbench.quickInput.waitFor({ state: "hidden" });
}

/** Has the only writer forgotten, and sees that it was verified. */
export async function forgetWriter(workbench: Workbench): Promise<void> {
  await workbench.command("Idiolect: Forget Writer");
  await workbench.page.locator(".monaco-dialog-box .monaco-button", { hasText: "Forget" }).first().click();
  await workbench.notification("Verified").waitFor();
}

/** Takes back what was written into the draft's front matter. */
export async function undoTags(workbench: Workbench): Promise<void> {
  while (await workbench.line("tags:").isVisible()) {
    await workbench.page.keyboard.press("Control+z");
  }
}

/** Says in its hover that a sentence of the draft is negative, and sees it read so. */
export async function teachNegative(workbench: Workbench, words = "Nothing lost"): Promise<void> {
  const hover = await workbench.hover(words, /For me it is/);
  await hover.locator("a", { hasText: "negative" }).click();
  await workbench.statusItem("Noted: negative for you").waitFor();
  await workbench.closeHover();
  await workbench.hover(words, /as you said/);
  await workbench.closeHover();
}
