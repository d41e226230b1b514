import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../prerequisite.ts";
import { installPseudoLanguage, pseudo, pseudoLanguage } from "./harness/pseudo-language.ts";
import { Stage } from "./harness/stage.ts";
import type { Workbench } from "./harness/workbench.ts";

const browser = needs("chromium");
const startLimitMs = 200_000;

describe.skipIf(browser.isMissing)(`The interface in other languages${browser.note}`, () => {
  let stage: Stage;
  let workbench: Workbench;

  beforeEach(({ task, onTestFailed }) => onTestFailed(async () => await workbench?.picture(task.name)));
  beforeAll(async () => {
    installPseudoLanguage();
    stage = await Stage.set({ learned: true });
  });
  afterAll(async () => await stage?.strike());

  const openIn = async (language: string) => {
    workbench = await stage.open("2023-11-11-the-punctual.md", language);
    await workbench.statusItem(/^\s*Idiolect\s*$/).waitFor({ timeout: startLimitMs });
  };
  const texts = async (selector: string) => await workbench.panel.locator(selector).allInnerTexts();

  describe("German", () => {
    beforeAll(async () => await openIn("de"));
    afterAll(async () => await workbench.close());

    test("The status bar, for eyes and for ears, with the figures of the language.", async () => {
      await workbench.statusItem(/negativ · \d+ von \d+/).waitFor();
      const labels = workbench.page.locator('.statusbar-item[id*="idiolect"] [aria-label]');
      const spoken = await labels.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
      expect(spoken).toContainEqual(expect.stringMatching(/56 Dokumente, \d+\.\d{3} Wörter, Englisch\./));
    });

    test("A hover of the server.", async () => {
      const hover = await workbench.hover("disgraceful", /Für mich ist er/);
      expect(await hover.innerText()).toMatch(/negativ, (ziemlich |einigermaßen |nicht so )?sicher/);
      await workbench.picture("german-hover");
      await workbench.closeHover();
    });

    test("A command and its panel.", async () => {
      await workbench.command("Idiolect: Ton des Dokuments lesen");
      await workbench.panel.locator("summary", { hasText: "Alle Sätze als Tabelle" }).waitFor();
      expect(await workbench.panel.locator("html").getAttribute("lang")).toBe("de");
      await workbench.picture("german-tone");
    });
  });

  describe("A language with accents everywhere, in which all is two fifths longer", () => {
    beforeAll(async () => await openIn(pseudoLanguage));
    afterAll(async () => await workbench.close());

    test.each([
      ["Read Tone of Document", "svg.tone-plot circle"],
      ["Show Dashboard", "figure svg"],
      ["A Round of Questions", "blockquote"],
    ])(
      "%s works by its title, its panel has no word untranslated, and nothing is cut.",
      async (title, sign) => {
        await workbench.command(`Idiolect: ${pseudo(title)}`);
        await workbench.panel.locator(sign).first().waitFor();
        await workbench.panel.locator('[aria-busy="true"]').waitFor({ state: "hidden" });
        await workbench.picture(`pseudo-${title}`);
        const said = await texts(
          "h2, summary, caption, figcaption, thead th, .verdict, .legend li, button:not(.link)",
        );
        expect(said.length).toBeGreaterThan(2);
        // What is folded away has no text that shows.
        expect(said.filter((text) => text !== "" && !/⟦.*⟧/s.test(text))).toEqual([]);
        const [wide = 0, room = 0] = await workbench.panel
          .locator("html")
          .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
        expect(wide).toBeLessThanOrEqual(room);
        await workbench.closePanel("⟦");
      },
    );
  });
});
