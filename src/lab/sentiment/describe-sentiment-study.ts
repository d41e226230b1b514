import { formatTable } from "../../cli/format-table.ts";
import { formatCount, formatPercent, formatPlural, formatSigned } from "../../words/format.ts";
import type { SentimentStudy } from "./sentiment-study.ts";
import type { SentimentTuning } from "./sentiment-tuning.ts";

/** The study as a table. @param tuning what the method `prompts` tuned where it is not the product's prompts. */
export function describeSentimentStudy(
  { writers, methods, gated, openGates, counts }: SentimentStudy,
  tuning: SentimentTuning | undefined,
): string {
  const rows = Object.entries({ ...methods, "under the gate": gated }).map(
    ([name, { accuracy, difference, writersWorse }]) => [
      name,
      percent(accuracy),
      points(difference.mean),
      `${points(difference.low)} to ${points(difference.high)}`,
      percent(writersWorse),
    ],
  );
  return [
    `${formatPlural(writers, "new writer")}, ${formatCount(counts.measuredTexts)} later texts read, ` +
      `${formatCount(counts.knownTexts)} earlier ones known`,
    ...(tuning === undefined ? [] : [`prompts: ${describeTuning(tuning)}`]),
    formatTable([["", "right", "− general", "95 % interval", "writers worse"], ...rows]),
    `  the gate is open for ${formatPlural(openGates, "writer")}`,
  ].join("\n");
}

function describeTuning({ way, head, maskedLmWeight, together }: SentimentTuning): string {
  const joint = maskedLmWeight > 0 ? `, with ${maskedLmWeight} · hidden words` : "";
  return `${way} under the ${head} head${joint}, ${together ? "all writers in one run" : "writer by writer"}`;
}

/** What was chosen on other writers, and how sure readings are. */
export function describeChoices({ counts, choices, calibration }: SentimentStudy): readonly string[] {
  const { scale, priors, blend } = choices;
  const { bias, spread, taste, near, reach } = priors.field;
  const sure = Object.entries(calibration).map(
    ([
      name,
      {
        expectedCalibrationError,
        risk,
        sure: { coverage, risk: riskOfSure },
      },
    ]) =>
      `${name} ${expectedCalibrationError.toFixed(3)} (wrong: ${percent(risk)} of all, ` +
      `${percent(riskOfSure)} of the surest ${percent(coverage)})`,
  );
  return [
    `The general model learned ${formatCount(counts.trainingTexts)} texts; all choices were made on ` +
      `${formatPlural(counts.tuningWriters, "other writer")}; ` +
      `near copies left out: ${formatCount(counts.nearCopies)}.`,
    `Variances over writers: bias ${bias}, spread ${spread}, taste ${taste}, near ${near} (reach ${reach}); ` +
      `temperature ${scale.temperature.toFixed(2)}.`,
    `Blend: ${percent(blend.prompts)} of the prompts' shift, ${percent(blend.field)} of the labels'.`,
    `Expected calibration error: ${sure.join("; ")}.`,
  ];
}

const percent = (share: number): string => formatPercent(share, 1);
const points = (difference: number): string => formatSigned(100 * difference, 1);
