import { afterAll, beforeAll, expect, test } from "vitest";
import { OpenServer, progress } from "../open-server.ts";

let server: OpenServer;

beforeAll(async () => {
  server = await OpenServer.open({ client: { capabilities: { window: { workDoneProgress: true } } } });
});
afterAll(() => server.close());

test("Of a document that takes longer than a second to take apart it is shown how far that is, and of a note nothing.", async () => {
  await server.openDocument("note.md", "The river was long. We sat there until evening came.\n");
  await server.openDocument(
    "library.md",
    "The river was long. We sat there until evening came.\n\n".repeat(200_000),
  );
  const { token } = await server.hears(progress, ({ value }) => value.kind === "begin");
  await server.hears(progress, ({ value }) => value.kind === "end");
  const told = server.told.flatMap(({ method, parameters }) =>
    method === progress.method ? [(parameters as { value: { kind: string } }).value] : [],
  );
  const shares = told.flatMap((value) => ("percentage" in value ? [Number(value.percentage)] : []));
  expect(told[0]).toMatchObject({ kind: "begin", title: "Reading library.md" });
  expect(told.filter(({ kind }) => kind === "begin")).toHaveLength(1);
  expect(shares).toEqual([...new Set(shares)].toSorted((a, b) => a - b));
  expect(shares.length).toBeGreaterThan(5);
  expect(token).toBeDefined();
}, 120_000);
