import { expect, test } from "vitest";
import { LearningNotices } from "../../../src/server/learning/learning-notices.ts";
import type { Notice } from "../../../src/session/notices.ts";

const progress = { kind: "progress", stage: "masking", fraction: 0 } as const;
const remark = (number: number) =>
  ({ kind: "notice", message: `${number}.md is broken.`, advice: "Mend it." }) as const;

test("One remark is shown as it is.", () => {
  const shown: Notice[] = [];
  const notices = new LearningNotices(
    (notice) => shown.push(notice),
    () => undefined,
  );
  notices.hear(remark(1));
  notices.hear(progress);
  notices.hear(progress);
  expect(shown).toMatchObject([{ message: "1.md is broken.", advice: "Mend it." }]);
});

test("Of hundreds the user is told their number, and the log has each.", () => {
  const shown: Notice[] = [];
  const logged: string[] = [];
  const notices = new LearningNotices(
    (notice) => shown.push(notice),
    (line) => logged.push(line),
  );
  for (let number = 0; number < 300; number++) {
    notices.hear(remark(number));
  }
  notices.hear(progress);
  expect(shown).toMatchObject([{ message: expect.stringContaining("300 remarks") }]);
  expect(logged).toHaveLength(300);
});
