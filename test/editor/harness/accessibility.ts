import axe from "axe-core";
import type { FrameLocator, Page } from "playwright-core";

/** What axe-core finds wrong with a page in a panel, one line for each element; its own page alone is looked at. */
export async function accessibilityFindings(panel: FrameLocator): Promise<readonly string[]> {
  const html = await panel.locator("html").elementHandle();
  const frame = await html?.ownerFrame();
  if (frame === undefined || frame === null) throw new Error("The panel shows no page.");
  await frame.evaluate(axe.source);
  const { violations, passes } = await frame.evaluate(
    async () =>
      await (globalThis as unknown as { readonly axe: typeof axe }).axe.run({
        // What axe cannot decide is no finding; all that it can decide is asked for, good habits included.
        resultTypes: ["violations", "passes"],
      }),
  );
  // Nothing looked at would be nothing found.
  if (!passes.some(({ id }) => id === "color-contrast")) throw new Error("axe-core has looked at no text.");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html: element, failureSummary = "" }) => `${id}: ${help}: ${element} ${failureSummary}`),
  );
}

/** Where the keyboard's focus comes by. */
export interface FocusStop {
  /** What a screen reader calls it, or the words in it. */
  readonly name: string;
  /** Something is drawn around it. */
  readonly isMarked: boolean;
}

export interface TabWalk {
  readonly reached: readonly FocusStop[];
  /** Names of all that takes the focus, in the order of the page. */
  readonly pressable: readonly string[];
}

/** Presses Tab from the top of a panel's page, once for each thing that takes the focus, and tells where it came by. */
export async function tabThrough(page: Page, panel: FrameLocator): Promise<TabWalk> {
  const body = panel.locator("body");
  await body.evaluate(({ ownerDocument }) => {
    const start = ownerDocument.createElement("span");
    start.tabIndex = -1;
    ownerDocument.body.prepend(start);
    start.focus();
    start.remove();
  });
  const pressable = await panel
    .locator(focusable)
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? one.textContent ?? ""));
  const reached: FocusStop[] = [];
  while (reached.length < pressable.length) {
    await page.keyboard.press("Tab");
    reached.push(
      await body.evaluate(({ ownerDocument }) => {
        const element = ownerDocument.activeElement ?? ownerDocument.body;
        const { outlineStyle, outlineWidth } = ownerDocument.defaultView!.getComputedStyle(element);
        return {
          name: element.getAttribute("aria-label") ?? element.textContent ?? "",
          isMarked: outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0,
        };
      }),
    );
  }
  return { reached, pressable };
}

const focusable = "button, summary, a[href], input, select, textarea, [tabindex='0']";
