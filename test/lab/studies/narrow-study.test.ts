import { expect, test } from "vitest";
import { layersStudy } from "../../../src/lab/studies/layers-study.ts";
import { conditionsOf, narrowStudy } from "../../../src/lab/studies/narrow-study.ts";
import { studies } from "../../../src/lab/studies/studies.ts";
import { rowName } from "../../../src/lab/studies/study.ts";

const layers = layersStudy(false);

test("A study without a choice is whole.", () => {
  expect(narrowStudy(layers, {})).toEqual(layers);
});

test("Conditions that are wanted keep their reference, controls, pairs and places in the picture.", () => {
  const wanted = ["multi-layer, p = 4", "multi-layer, p = 8"];
  const { parts } = narrowStudy(layers, { tasks: ["words"], conditions: wanted });
  expect(parts).toHaveLength(1);
  const [{ task, conditions, contrasts, plot }] = parts as [(typeof parts)[0]];
  expect(task).toBe("words");
  expect(Object.keys(conditions)).toEqual(["general", ...wanted]);
  expect(contrasts).toEqual(
    wanted.flatMap((row) =>
      ["prompt zeroed", "another writer's prompt"].map((control) => [row, rowName(row, control)]),
    ),
  );
  expect(plot).toMatchObject({
    kind: "lines",
    lines: {
      multi: [
        [4, wanted[0]],
        [8, wanted[1]],
      ],
    },
  });
  expect(plot).not.toHaveProperty("lines.single");
});

test("A picture without a line left has dots.", () => {
  const { parts } = narrowStudy(layers, { conditions: [] });
  expect(parts.map(({ plot, contrasts }) => [plot, contrasts])).toEqual(
    parts.map(() => [{ kind: "dots" }, []]),
  );
});

test("Every study compares rows that its conditions have.", () => {
  for (const make of Object.values(studies)) {
    for (const isQuick of [true, false]) {
      const study = make({ isQuick, tokens: 256 });
      expect(narrowStudy(study, { conditions: conditionsOf(study) })).toEqual(study);
      for (const { reference, conditions } of study.parts) expect(conditions).toHaveProperty([reference]);
    }
  }
});
