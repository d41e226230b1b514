import type { Command } from "commander";
import { reportShape } from "../../profile/report.ts";
import { rollBack } from "../../profile/versions.ts";
import type { ProfileVersion } from "../../store/repositories/profile-versions.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { Store } from "../../store/store.ts";
import { formatMinuteHere, formatPlural } from "../../words/format.ts";
import { answerJson } from "../answer-json.ts";
import { chooseWriter } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { nothingLearned } from "../errors.ts";
import { formatTable } from "../format-table.ts";
import { openSession } from "../open-session.ts";
import type { CommandSurroundings } from "../surroundings.ts";

type ProfileOptions = CommonOptions<"store" | "writer">;

export function addProfileCommand(program: Command, surroundings: CommandSurroundings): void {
  const profile = program.command("profile").description("the last five versions of what was learned");
  const list = profile.command("list").description("list the versions, newest first");
  addCommonOptions(list, "store", "writer").action((options: ProfileOptions) => {
    const terminal = surroundings(options);
    using store = openSession(options, terminal).store;
    const writer = chooseWriter(store, options.writer);
    terminal.out(tellVersions(writer, versionsOf(store, writer), options));
  });
  const back = profile
    .command("rollback")
    .description("go back to an earlier version; none is deleted")
    .argument("[version]", "its id, or how the id begins (default: the one before the version in use)");
  addCommonOptions(back, "store", "writer").action((version: string | undefined, options: ProfileOptions) => {
    const terminal = surroundings(options);
    using store = openSession(options, terminal).store;
    const writer = chooseWriter(store, options.writer);
    const { id } = rollBack(store, writer.id, version);
    terminal.note(`Version ${id} is used for ${writer.name} from now on.`);
    terminal.out(tellVersions(writer, versionsOf(store, writer), options));
  });
}

function versionsOf(store: Store, writer: Writer): readonly ProfileVersion[] {
  const versions = store.profileVersions.list(writer.id);
  if (versions.length === 0) throw nothingLearned(writer);
  return versions;
}

/** Throws NoProfileError where the writer has none. */
export function activeVersion(store: Store, writer: Writer): ProfileVersion {
  const active = store.profileVersions.active(writer.id);
  if (active === undefined) throw nothingLearned(writer);
  return active;
}

function tellVersions(
  writer: Writer,
  versions: readonly ProfileVersion[],
  { json }: Pick<ProfileOptions, "json">,
): string {
  const profileVersions = versions.map(versionAsJson);
  return json ? answerJson({ version: 1, writer: writer.name, profileVersions }) : describeVersions(versions);
}

/** An entry of `profileVersions` in `report --json` and `profile --json`. */
export function versionAsJson({ id, createdMs, baseModelId, isActive, report }: ProfileVersion) {
  const { corpus, gate } = reportShape.parse(report);
  return {
    id,
    created: new Date(createdMs).toISOString(),
    baseModelId,
    isActive,
    documents: corpus.documents,
    gate,
  };
}

/** The versions for people, newest first. */
export function describeVersions(versions: readonly ProfileVersion[]): string {
  const rows = versions.map(({ id, createdMs, isActive, report }) => {
    const { corpus, gate } = reportShape.parse(report);
    const open = Object.entries(gate).flatMap(([task, state]) => (state?.open ? [task] : []));
    return [
      formatMinuteHere(createdMs),
      id,
      formatPlural(corpus.documents, "document"),
      open.length === 0 ? "nothing open" : `open: ${open.join(", ")}`,
      isActive ? "in use" : "",
    ];
  });
  return `profile versions\n${formatTable(rows)}`;
}
