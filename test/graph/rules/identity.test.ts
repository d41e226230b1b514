import { describe, it } from "vitest";
import { identity } from "../../../src/graph/operations.ts";
import { checkGradients } from "../check-gradients.ts";
import { normal } from "../draw-inputs.ts";

describe("Identity", () => {
  it("passes gradients on as they are", async () => {
    await checkGradients(identity, [normal(2, 3)]);
    await checkGradients(identity, [normal("batch", 3)], [{ batch: 1 }, { batch: 4 }]);
  });
});
