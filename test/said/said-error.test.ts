import { expect, test } from "vitest";
import { type Said, said, saidCount } from "../../src/said/said.ts";
import { foreseen, SaidError, toldOf } from "../../src/said/said-error.ts";
import { toldShape } from "../../src/said/said-shapes.ts";

class SpillError extends SaidError {
  constructor(cups: number, cause?: unknown) {
    super(saidCount(cups, "{0} cup fell over.", "{0} cups fell over."), said("Bring a cloth."), { cause });
  }
}

class StainError extends SaidError {
  constructor(where: Said) {
    super(said("There is a stain on {0}.", where), said("Wash it."), { english: "A stain." });
  }
}

const seeLog = said("See the log.");

test("A failure has its name, and says in English what happened and what to do.", () => {
  const cause = new Error("elbow");
  const error = new SpillError(2, cause);
  expect(error).toMatchObject({ name: "SpillError", advice: "Bring a cloth.", cause });
  expect(error.message).toBe("2 cups fell over. Bring a cloth.");
  expect(new SpillError(1)).not.toHaveProperty("cause");
});

test("A failure whose own message differs is told as it is said.", () => {
  const error = new StainError(said("the table"));
  expect(error.message).toBe("A stain.");
  expect(toldOf(error, seeLog)).toEqual({
    message: said("There is a stain on {0}.", said("the table")),
    advice: said("Wash it."),
  });
});

test("What a failure tells arrives whole in another process.", () => {
  const { told } = new SpillError(3);
  const sent: unknown = JSON.parse(JSON.stringify(told));
  expect(toldShape.parse(sent)).toEqual(told);
  expect(foreseen(Object.assign(new Error("fell over"), { told: sent }))).toEqual(told);
});

test.each([
  [new TypeError("x is not a function."), "x is not a function"],
  [Object.assign(new Error("torn"), { told: { message: "torn" } }), "torn"],
  ["a thrown text", "a thrown text"],
  [undefined, "undefined"],
])("Of what nobody foresaw (%s) its own words are told, with the advice that is given.", (cause, words) => {
  expect(foreseen(cause)).toBeUndefined();
  expect(toldOf(cause, seeLog)).toEqual({
    message: said("Something unexpected went wrong: {0}.", words),
    advice: seeLog,
  });
});
