import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requests } from "../../../src/protocol/requests.ts";
import { OpenServer } from "../open-server.ts";

const text = "The river was long and the bridge was not. They could see the water from there.";
const at = (character: number) => ({ start: { line: 0, character }, end: { line: 0, character } });

describe("The list of lessons", () => {
  let server: OpenServer;
  let uri: string;

  beforeEach(async () => {
    server = await OpenServer.open();
    uri = await server.openDocument("new.md", text);
  });
  afterEach(() => server.close());

  const lessons = () => server.request(requests.lessons, {});
  const teach = (character: number, valence: number) =>
    server.request(requests.teach, { kind: "tone", uri, range: at(character), valence });
  const sentences = async () => (await server.request(requests.readDocument, { uri })).sentences;

  it("is empty where nothing is kept, and makes no store.", async () => {
    expect(await lessons()).toEqual([]);
    expect(server.hasStore).toBe(false);
  });

  it("holds what counts, newest first, and a lesson that says something else is read so at once.", async () => {
    await teach(3, 1);
    await teach(50, 1);
    await teach(3, -1);
    const [first, second] = await lessons();
    expect(first).toMatchObject({
      about: "The river was long and the bridge was not.",
      says: { kind: "tone", valence: -1 },
      path: expect.stringMatching(/new\.md$/),
    });
    expect(second).toMatchObject({ about: "They could see the water from there." });
    await server.request(requests.reviseLesson, { id: first!.id, says: { kind: "tone", valence: 1 } });
    expect((await sentences())[0]).toMatchObject({ taught: true, personal: { label: "veryPositive" } });
    expect((await lessons()).length).toBe(2);
  });

  it("takes a lesson back with all that was said of the same before.", async () => {
    await teach(3, 1);
    const { id } = await teach(3, -1);
    await server.request(requests.reviseLesson, { id });
    expect(await lessons()).toEqual([]);
    expect((await sentences())[0]).not.toHaveProperty("taught");
    await expect(server.request(requests.reviseLesson, { id })).rejects.toThrow("no longer kept");
  });
});
