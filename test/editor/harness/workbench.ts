import { join, resolve } from "node:path";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import type { EditorServer } from "./vscode-server.ts";

export interface WindowOptions {
  /** Absolute; the folder that the window shows, or the file of a workspace (`.code-workspace`). */
  readonly folder: string;
  /** Absolute; the document that is open at the start. */
  readonly file?: string;
  /** Of the editor's interface; absent: English. */
  readonly language?: string;
}

const pictures = resolve(import.meta.dirname, "../../../build/editor-tests/pictures");
const defaultLimitMs = 45_000;
/** A window starts a hundred modules and a process; on a busy machine that alone takes minutes. */
const startLimitMs = 150_000;
const hoverLimitMs = 4000;
const hoverAttempts = 8;
const viewport = { width: 1280, height: 800 };

function addressOf({ origin, port }: EditorServer, { folder, file }: WindowOptions): string {
  const payload = file === undefined ? [] : [["openFile", `vscode-remote://127.0.0.1:${port}${file}`]];
  const shown = folder.endsWith(".code-workspace") ? "workspace" : "folder";
  return `${origin}/?${new URLSearchParams({ [shown]: folder, payload: JSON.stringify(payload) })}`;
}

/** A window of the served VS Code, and what a person does in it. Every wait is for something that shows. */
export class Workbench {
  readonly page: Page;
  /** Addresses outside of this machine that the page asked for. */
  readonly foreignRequests: string[] = [];
  readonly #address: string;

  private constructor(page: Page, address: string) {
    this.page = page;
    this.#address = address;
    page.context().on("request", (request) => {
      const { protocol, hostname, href } = new URL(request.url());
      if (/^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1") {
        this.foreignRequests.push(href);
      }
    });
  }

  /** Resolves once the window and its document show. */
  static async open(browser: Browser, server: EditorServer, options: WindowOptions): Promise<Workbench> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    // What a language pack of the editor sets.
    if (options.language !== undefined) {
      await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};`);
    }
    return await Workbench.load(page, addressOf(server, options));
  }

  /** Loads a window whose address is known into a page. */
  static async load(page: Page, address: string): Promise<Workbench> {
    page.setDefaultTimeout(defaultLimitMs);
    await page.addInitScript(
      "globalThis.clicks = 0; addEventListener('click', () => globalThis.clicks++, true);",
    );
    const workbench = new Workbench(page, address);
    await workbench.reload();
    return workbench;
  }

  /** As *Developer: Reload Window* does: the extension host ends and a new one starts. */
  async reload(): Promise<void> {
    const limit = { timeout: startLimitMs };
    await this.page.goto(this.#address, limit);
    await this.page.locator(".monaco-workbench").waitFor(limit);
    if (this.#address.includes("openFile")) {
      await this.page.locator(".monaco-editor .view-line").first().waitFor(limit);
    }
  }

  /** Opens another file of the folder by its name. */
  async openQuickly(name: string): Promise<void> {
    await this.page.keyboard.press("Control+p");
    await this.quickInput.locator("input[type=text]").first().fill(name);
    await this.picks(name).first().click();
    await this.page.locator(".tabs-container .tab.active", { hasText: name }).waitFor();
  }

  /** Puts the cursor on a line of the file in front, from 1, and shows it. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press("Control+g");
    await this.quickInput.locator("input[type=text]").first().fill(`:${line}`);
    await this.picks(`line ${line}`).first().click();
    await this.quickInput.waitFor({ state: "hidden" });
  }

  /** Clicks on the page since it was loaded. */
  async clicks(): Promise<number> {
    return await this.page.evaluate("globalThis.clicks");
  }

  /** Types a command's title into the palette and runs it. */
  async command(title: string): Promise<void> {
    const row = this.quickInput.locator(".monaco-list-row", { hasText: title }).first();
    const isListed = async () => {
      await this.page.keyboard.press("F1");
      const input = this.quickInput.locator("input[type=text]").first();
      await input.waitFor();
      await input.fill(`>${title}`);
      return await row.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
    };
    // What takes the focus just then closes the palette, or what was typed is lost.
    for (let tries = 1; !(await isListed()); tries++) {
      if (tries === 4) throw new Error(`The palette does not list ${title}.`);
      await this.page.keyboard.press("Escape");
    }
    await this.page.keyboard.press("Enter");
  }

  /** Titles that the palette offers for some words. */
  async commandsFor(words: string): Promise<string[]> {
    await this.page.keyboard.press("F1");
    const input = this.quickInput.locator("input[type=text]").first();
    await input.waitFor();
    await input.fill(`>${words}`);
    const rows = this.quickInput.locator(".monaco-list-row");
    await rows.first().waitFor();
    const titles = await rows.allInnerTexts();
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** Picks and input boxes at the top of the window. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  /** Rows of the pick at the top of the window. */
  picks(text: string | RegExp): Locator {
    return this.quickInput.locator(".monaco-list-row", { hasText: text });
  }

  /** Presses OK in a pick of several. */
  async acceptPicks(): Promise<void> {
    await this.quickInput.locator(".monaco-button", { hasText: "OK" }).first().click();
  }

  /** An item of the status bar of our extension, by a text in it. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item[id*="idiolect"]').filter({ hasText: text }).first();
  }

  /** The lines of the editor in front that hold a text. */
  line(text: string | RegExp): Locator {
    return this.page.locator(".editor-instance .view-line", { hasText: text }).first();
  }

  /** Puts the cursor at the end of the line that holds a text. */
  async cursorToEndOf(text: string): Promise<void> {
    await this.line(text).click();
    await this.page.keyboard.press("End");
  }

  /** Points at words in the editor, again and again as a person would, until a hover holds `expected`. */
  async hover(words: string, expected: string | RegExp, attempts = hoverAttempts): Promise<Locator> {
    const hover = this.page
      .locator(".monaco-hover:not(.hidden) .hover-contents, .monaco-resizable-hover .hover-contents")
      .filter({ hasText: expected })
      .first();
    for (let attempt = 1; ; attempt += 1) {
      try {
        // While colours come in, the words' place may be gone for a moment.
        const { x, y } = await this.#placeOf(words);
        await this.page.mouse.move(x - 30, y);
        await this.page.mouse.move(x, y, { steps: 5 });
        await hover.waitFor({ timeout: hoverLimitMs });
        return hover;
      } catch (failure) {
        if (attempt === attempts) throw failure;
        await this.closeHover();
      }
    }
  }

  /** Takes the mouse away until no hover shows. */
  async closeHover(): Promise<void> {
    await this.page.mouse.move(5, 300);
    await this.page.keyboard.press("Escape");
    await this.page
      .locator(".monaco-hover:not(.hidden) .hover-contents")
      .first()
      .waitFor({ state: "hidden" });
  }

  /** The middle of the words: all letters of the editor are equally wide. */
  async #placeOf(words: string): Promise<{ x: number; y: number }> {
    const piece = this.line(words).locator("span[class^=mtk]", { hasText: words }).first();
    const text = (await piece.innerText()).replaceAll("\u00a0", " ");
    const box = await piece.boundingBox();
    if (box === null) {
      throw new Error(`The editor does not show ${JSON.stringify(words)}.`);
    }
    const middle = (text.indexOf(words) + words.length / 2) / text.length;
    return { x: box.x + box.width * middle, y: box.y + box.height / 2 };
  }

  /** What is inside the panel (webview) in front. */
  get panel(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready >> visible=true").frameLocator("#active-frame");
  }

  /** Closes the tab whose title holds a text. */
  async closePanel(title: string): Promise<void> {
    const tab = this.page.locator(".tabs-container .tab", { hasText: title }).first();
    await tab.click({ button: "middle" });
    await tab.waitFor({ state: "hidden" });
  }

  /** Notifications with a text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast", { hasText: text }).first();
  }

  /** Asks for the document in front to be saved; the file follows. */
  async save(): Promise<void> {
    await this.page.keyboard.press("Control+s");
  }

  /** Lays a picture of the window into build/editor-tests/pictures, to look at after a failure. */
  async picture(name: string): Promise<void> {
    const path = join(pictures, `${name.replace(/[^\w]+/g, "-").slice(0, 60)}.png`);
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
