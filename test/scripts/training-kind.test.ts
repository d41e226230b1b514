import { globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ResearchPlaceError, TrainingKindError } from "../../scripts/model/errors.ts";
import { kindMark, markedKind, refuseCommittedPlace, workFolder } from "../../scripts/model/training-kind.ts";
import { Safetensors } from "../../src/plm/files/safetensors.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "training-kind-"));
afterAll(() => rmSync(folder, { recursive: true }));

const refuse = (path: string) => () => refuseCommittedPlace(path, "research");

describe("refuseCommittedPlace", () => {
  it.each(["models/idiolect-base", "models", "models/not-yet/there", "research", ".", ".cached/base"])(
    "keeps weights for research out of %s of this checkout",
    (path) => {
      expect(refuse(join(root, path))).toThrow(ResearchPlaceError);
    },
  );

  it("keeps them out of any checkout, and out of a link into one", () => {
    const checkout = join(folder, "checkout");
    mkdirSync(join(checkout, ".git"), { recursive: true });
    mkdirSync(join(checkout, "models"));
    symlinkSync(join(checkout, "models"), join(folder, "link"));
    expect(refuse(join(checkout, "models", "base"))).toThrow(ResearchPlaceError);
    expect(refuse(join(folder, "link", "base"))).toThrow(ResearchPlaceError);
    expect(refuse(join(checkout, ".cache", "base"))).not.toThrow();
  });

  it("lets them go to the ignored folder and outside of checkouts", () => {
    expect(refuse(join(root, workFolder("research")))).not.toThrow();
    expect(refuse(join(folder, "models", "base"))).not.toThrow();
  });

  it("lets open weights go anywhere", () => {
    expect(() => refuseCommittedPlace(join(root, "models/idiolect-base"), "open")).not.toThrow();
  });
});

describe("the mark of weights", () => {
  it("tells weights for research; those without a mark are open", () => {
    for (const kind of ["open", "research"] as const) {
      expect(markedKind("file", new Map(Object.entries(kindMark(kind))))).toBe(kind);
    }
  });

  it("is refused if it is not known", () => {
    expect(() => markedKind("file", new Map([["training", "secret"]]))).toThrow(TrainingKindError);
  });
});

it("No weights in models/ are for research.", () => {
  const files = globSync("models/*/*.safetensors", { cwd: root });
  expect(files.length).toBeGreaterThan(0);
  const kinds = files.map((path) => markedKind(path, Safetensors.open(join(root, path)).metadata));
  expect(kinds.filter((kind) => kind !== "open")).toEqual([]);
});
