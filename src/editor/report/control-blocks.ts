import type { LearningStatus } from "../../protocol/learning-status.ts";
import type { DashboardSetting, ReportBlock } from "../../protocol/pages.ts";
import { batteryUses, type SettingValue } from "../../protocol/settings.ts";
import type { WriterReport } from "../../protocol/writer-report.ts";
import { formatBytes, formatMinuteHere } from "../../words/format.ts";
import type { Translate } from "../../words/translate.ts";
import { shortPath } from "../client/store-place.ts";
import { commandNames } from "../command-names.ts";
import { describeWait } from "../learning/learning-view.ts";

/** Versions of the profile, with a way back to each that can be used. */
export function versionBlocks(
  { writer, profileVersions }: WriterReport,
  t: Translate,
): readonly ReportBlock[] {
  if (profileVersions.length === 0) return [];
  return [
    { kind: "heading", text: t("Versions") },
    {
      kind: "versions",
      caption: t("What was learned when. Going back deletes none of them."),
      head: [t("made"), "", ""],
      rows: profileVersions.map(({ id, createdMs, isActive, canBeUsed }) => {
        const made = formatMinuteHere(createdMs, t);
        const state = isActive ? t("in use") : canBeUsed ? "" : t("of a former version of Idiolect");
        if (isActive || !canBeUsed) return { text: made, state };
        const version = { writer: writer.name, version: id, createdMs };
        return {
          text: made,
          state,
          goBack: { text: t("Go Back"), label: t("Go back to {0}", made), version },
        };
      }),
    },
  ];
}

/** Everything that is kept, with places in the folder of the store. */
export function storedBlocks({ stored }: WriterReport, place: string, t: Translate): readonly ReportBlock[] {
  const total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
  const fileOf = (where: string) => {
    const within = where.startsWith(place) ? where.slice(place.length).replace(/^[\\/]/, "") : where;
    // What follows are names of tables, which nobody needs who does not know the file from inside.
    return within.replace(/: \w+$/, "");
  };
  return [
    { kind: "heading", text: t("What is kept, and where") },
    {
      kind: "table",
      caption: t("{0} in all, only on this machine, in {1}", formatBytes(total, t), shortPath(place)),
      head: [t("what"), t("size"), t("where")],
      rows: stored.map(({ what, where, bytes }) => [what, formatBytes(bytes, t), fileOf(where)]),
    },
  ];
}

/** What can be done with what is kept. */
export function keepingButtons(t: Translate): ReportBlock {
  return {
    kind: "buttons",
    buttons: [
      { text: t("Export"), command: commandNames.exportWriter },
      { text: t("Import"), command: commandNames.importFile },
      { text: t("Erase…"), command: commandNames.forget },
    ],
  };
}

/** Settings as they hold now. */
export type ChosenSettings = { readonly [Name in DashboardSetting]: SettingValue<Name> };

/** What the writer decides: how much the own reading counts, and when there is learning. */
export function controlBlocks(
  chosen: ChosenSettings,
  learning: LearningStatus | undefined,
  t: Translate,
): readonly ReportBlock[] {
  const going =
    learning?.kind === "learning" ? [{ text: t("Pause Learning"), command: commandNames.pause }] : [];
  const paused =
    learning?.kind === "paused" ? [{ text: t("Resume Learning"), command: commandNames.resume }] : [];
  return [
    { kind: "heading", text: t("What you decide") },
    {
      kind: "strength",
      name: "tone.strength",
      label: t("How much your own reading of tone counts beside the general one"),
      help: t("At 0 % only the general reading counts. What you taught always counts."),
      value: chosen["tone.strength"],
    },
    { kind: "text", text: describeLearning(learning, t) },
    {
      kind: "choice",
      name: "learning.onBattery",
      label: t("Learning on battery"),
      help: t(
        "The first tags come all the same. Where the machine does not say what it runs on, learning goes on.",
      ),
      value: chosen["learning.onBattery"],
      options: batteryUses.map((value) => ({
        value,
        text: value === "pause" ? t("waits for mains power") : t("goes on"),
      })),
    },
    {
      kind: "hours",
      name: "learning.schedule",
      label: t("Hours of learning"),
      help: t("By this machine's clock. The first tags come at any time."),
      value: chosen["learning.schedule"],
      always: t("at any time"),
      atHours: t("at certain hours of the day"),
      from: t("from"),
      until: t("until"),
    },
    {
      kind: "buttons",
      buttons: [
        ...going,
        ...paused,
        { text: t("Learn From My Documents"), command: commandNames.learn },
        { text: t("A Round of Questions"), command: commandNames.round },
        { text: t("My Lessons"), command: commandNames.myLessons },
        { text: t("All Settings"), command: commandNames.openSettings },
        { text: t("Show Log"), command: commandNames.showLog },
      ],
    },
  ];
}

/** What learning does now. */
function describeLearning(learning: LearningStatus | undefined, t: Translate): string {
  switch (learning?.kind) {
    case undefined:
    case "unlearned":
    case "idle":
      return t("Nothing is being learned at the moment.");
    case "readsOnly":
      return learning.reason;
    case "unopened":
      return `${learning.reason} ${learning.advice}`;
    case "learning":
      return learning.waits === undefined
        ? t("Learning how {0} writes goes on.", learning.writer)
        : describeWait(learning, learning.waits, t);
    case "paused":
      return t("Learning how {0} writes is paused.", learning.writer);
    case "elsewhere":
      return t("Another window or a terminal is learning; until it is done, this window only reads.");
    case "failed":
      return t(
        "Learning how {0} writes has failed. {1} {2}",
        learning.writer,
        learning.reason,
        learning.advice,
      );
    default:
      return learning satisfies never;
  }
}
