import { afterAll, afterEach, describe, expect, it } from "vitest";
import { requests } from "../../src/protocol/requests.ts";
import { speakLanguage } from "../../src/server/language.ts";
import { readText } from "../house/project-files.ts";
import { OpenServer } from "./open-server.ts";

const german: unknown = JSON.parse(readText("l10n/bundle.l10n.de.json"));

describe("The server's language", () => {
  let server: OpenServer;
  afterEach(() => server.close());
  // Tests of other files run in the same process.
  afterAll(() => speakLanguage(undefined));

  const reasonWith = async (language?: unknown): Promise<string> => {
    server = await OpenServer.open({ initializationOptions: { language } });
    const uri = await server.openDocument("draft.md", "# Boats\n\nWe rowed to the other side.\n");
    const answer = await server.request(requests.suggestTags, { uri, limit: 5 });
    return answer.kind === "none" ? answer.reason : answer.kind;
  };

  it("is the editor's, where the editor gives its sentences.", async () => {
    expect(await reasonWith({ locale: "de", sentences: german })).toMatch(/^Noch ist nichts gelernt\./);
    const resumed = await server.request(requests.resume, {});
    expect(resumed).toMatchObject({ reason: "Es gibt kein unterbrochenes Lernen, das fortzusetzen wäre." });
  });

  it("is English for an editor that gives none, also after another one.", async () => {
    expect(await reasonWith()).toMatch(/^Nothing has been learned yet\./);
  });

  it("is English where what is given is no language, or has not this sentence.", async () => {
    expect(await reasonWith({ locale: "not a locale", sentences: german })).toMatch(/^Nothing has been/);
    await server.close();
    expect(await reasonWith({ locale: "de", sentences: {} })).toMatch(/^Nothing has been learned yet\./);
  });
});
