import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requests } from "../../src/protocol/editor-messages.ts";
import { OpenServer } from "./open-server.ts";

describe("The server", () => {
  let server: OpenServer;

  beforeEach(async () => {
    server = await OpenServer.open();
  });
  afterEach(() => server.close());

  it("tells figures about itself without opening the model", async () => {
    const figures = await server.request(requests.figures, {});

    expect(figures).toMatchObject({ processId: process.pid, isModelOpen: false });
  });
});
