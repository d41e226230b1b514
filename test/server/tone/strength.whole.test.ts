import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notifications, requests } from "../../../src/protocol/requests.ts";
import { defaultSettings } from "../../../src/server/settings.ts";
import { idiolect, tinyModel, useOwnCache } from "../../cli/run-idiolect.ts";
import { writeSmallBlog } from "../../learner/small-blog.ts";
import { OpenServer } from "../open-server.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-strength-"));
const storePath = join(folder, "store");
const draft = join(folder, "draft.md");
const text = "The day was long. They had no time for people.";

interface Told {
  readonly sentences: readonly { readonly personal: { readonly valence: number } | null }[];
  readonly personal: string;
}

describe("How much the own reading counts, as an editor is set,", () => {
  const modelPath = tinyModel(folder);
  const places = ["--store", storePath, "--model", modelPath];
  let server: OpenServer;
  let workspaceFolders: readonly { readonly uri: string; readonly name: string }[];
  useOwnCache(folder);

  beforeAll(async () => {
    const blog = writeSmallBlog(join(folder, "blog"), 24);
    writeFileSync(draft, `${text}\n`);
    expect(await idiolect(["learn", blog, ...places, "--quiet"])).toMatchObject({ code: 0 });
    await idiolect(["teach", ...places], "1\n".repeat(12));
    const { out } = await idiolect(["teach", ...places], "1\n".repeat(12));
    expect(out).toContain("so it is shown");
    workspaceFolders = [{ uri: pathToFileURL(blog).href, name: "blog" }];
    server = await OpenServer.open({ storePath, modelPath, client: { workspaceFolders } });
  }, 300_000);
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Sets the strength, and gives what an agent is told then. */
  async function askAgentAt(strength: number): Promise<Told> {
    const tone = { ...defaultSettings.tone, strength };
    await server.setSettings({ tone, agents: { ...defaultSettings.agents, tone: true } });
    const reply = await server.request(requests.askAgent, { ability: "tone", input: { text } });
    expect(reply.kind).toBe("answer");
    return JSON.parse(reply.text) as Told;
  }

  it("holds for what agents are told", async () => {
    const [full, half, none] = [await askAgentAt(1), await askAgentAt(0.5), await askAgentAt(0)];
    const valence = ({ sentences }: Told) => sentences[0]!.personal!.valence;
    expect(full.personal).toBe("The personal readings are shown.");
    expect(valence(full)).toBeLessThan(valence(half));
    expect(half.personal).toContain("they count 50 %");
    expect(none.sentences.map(({ personal }) => personal)).toEqual([null, null]);
    expect(none.personal).toContain("the general ones alone");
  });

  it("holds in the terminal, unless that says otherwise", async () => {
    const read = async (...options: string[]) => {
      const { json } = await idiolect(["read", draft, "--json", ...places, ...options]);
      return json() as unknown as Pick<Told, "sentences"> & { readonly strength: number };
    };
    await askAgentAt(0.5);
    const half = await read();
    expect(half.strength).toBe(0.5);
    expect((await idiolect(["read", draft, ...places])).out).toContain("personal reading: shown at 50 %: ");
    await askAgentAt(0);
    expect(await read()).toMatchObject({ strength: 0, sentences: [{ personal: null }, { personal: null }] });
    const full = await read("--strength", "1");
    expect(full.strength).toBe(1);
    expect(full.sentences[0]!.personal!.valence).toBeLessThan(half.sentences[0]!.personal!.valence);
    expect(await idiolect(["read", draft, ...places, "--strength", "2"])).toMatchObject({ code: 2 });
  });

  it("is not taken from an editor that has another folder open", async () => {
    await askAgentAt(0.5);
    const elsewhere = await OpenServer.open({ storePath, modelPath });
    await elsewhere.setSettings({ agents: { ...defaultSettings.agents, tone: true } });
    const reply = await elsewhere.request(requests.askAgent, { ability: "tone", input: { text } });
    await elsewhere.close();
    expect(reply.text).toContain("they count 50 %");
    expect((await idiolect(["read", draft, "--json", ...places])).json()).toMatchObject({ strength: 0.5 });
  });

  it("stays as it is kept, and holds, where another editor has the same folder open and says nothing of it", async () => {
    await askAgentAt(0.5);
    const silent = await OpenServer.open({
      storePath,
      modelPath,
      client: { workspaceFolders },
      initializationOptions: { settings: undefined },
    });
    const keptOf = async () =>
      (await idiolect(["read", draft, "--json", ...places])).json() as unknown as Pick<Told, "sentences"> & {
        readonly strength: number;
      };
    try {
      for (const settings of [null, {}, { idiolect: { agents: { tone: true } } }]) {
        await silent.notify("workspace/didChangeConfiguration", { settings });
      }
      const reply = await silent.request(requests.askAgent, { ability: "tone", input: { text } });
      expect(reply.text).toContain("they count 50 %");
      const uri = await silent.openDocument(draft, `${text}\n`);
      const { sentences } = await silent.request(requests.readDocument, { uri });
      const kept = await keptOf();
      expect(kept.strength).toBe(0.5);
      expect(sentences.map(({ personal }) => personal)).toEqual(
        kept.sentences.map(({ personal }) => personal),
      );
      await silent.notify("workspace/didChangeConfiguration", { settings: { tone: { strength: 0.25 } } });
      await silent.request(requests.status, {});
      expect(await keptOf()).toMatchObject({ strength: 0.25 });
    } finally {
      await silent.close();
    }
  });

  it("holds at once for all that shows readings, which is told to read again", async () => {
    const changes = () => server.told.filter(({ method }) => method === notifications.readingsChanged.method);
    await askAgentAt(1);
    const before = changes().length;
    await askAgentAt(1);
    expect(changes()).toHaveLength(before);
    await askAgentAt(0.25);
    expect(changes()).toHaveLength(before + 1);
  });
});
