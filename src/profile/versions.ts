import type { Gate } from "../numbers/gate.ts";
import { asJson } from "../store/database/columns.ts";
import { StoreChecksumError } from "../store/errors.ts";
import type { ProfileVersion } from "../store/repositories/profile-versions.ts";
import type { Store } from "../store/store.ts";
import {
  AmbiguousVersionError,
  NoSuchVersionError,
  OtherBaseVersionError,
  ProfileDamagedError,
  ProfileFormatError,
} from "./errors.ts";
import {
  decodeLearnedPrompts,
  decodeProfile,
  type GeneralReader,
  type LearnedPrompts,
  type WriterProfile,
} from "./profile.ts";
import { type ProfileReport, reportShape } from "./report.ts";

/** The profile that readings use. */
export interface OpenProfile {
  readonly kind: "open";
  readonly id: string;
  readonly profile: WriterProfile;
  readonly report: ProfileReport;
}

export type ProfileState =
  | OpenProfile
  /** Nothing was learned of this writer yet. */
  | { readonly kind: "none" }
  /** Learned on another model or other shared prompts: what it says does not fit this one. */
  | { readonly kind: "otherModel" };

/** Throws StoreChecksumError, ProfileFormatError or ProfileDamagedError for a profile that is damaged or too new. */
export function openProfile(store: Store, writerId: number, reader: GeneralReader): ProfileState {
  const active = store.profileVersions.active(writerId);
  if (active === undefined) {
    return { kind: "none" };
  }
  if (active.baseModelId !== reader.id) {
    return { kind: "otherModel" };
  }
  const profile = decodeProfile(active.formatVersion, store.profileVersions.blobs(active.id));
  return { kind: "open", id: active.id, profile, report: reportShape.parse(active.report) };
}

/** Has the report of the version in use say what the gate of tone says by now: lessons open and close it at once. */
export function keepToneGate({ profileVersions }: Store, writerId: number, tone: Gate): void {
  const active = profileVersions.active(writerId);
  if (active === undefined) return;
  const report = reportShape.parse(active.report);
  const { open, reason } = tone;
  if (report.gate.tone.open === open && report.gate.tone.reason === reason) return;
  const gate = { ...report.gate, tone: { open, reason } };
  profileVersions.revise(active.id, asJson({ ...report, gate }));
}

/** Whether all that a version has learned can be read. One that cannot is learned anew, and is no start for more. */
export function isVersionWhole(
  { profileVersions }: Pick<Store, "profileVersions">,
  { id, formatVersion }: ProfileVersion,
): boolean {
  try {
    const blobs = profileVersions.blobs(id);
    decodeProfile(formatVersion, blobs);
    decodeLearnedPrompts(blobs);
    return true;
  } catch (cause) {
    const kinds = [StoreChecksumError, ProfileDamagedError, ProfileFormatError];
    if (kinds.some((kind) => cause instanceof kind)) return false;
    throw cause;
  }
}

/** Shorter names of versions would fit several before long. */
const shortestName = 4;

/**
 * Lets readings use a version that was learned before: the one whose id is given, or begins so, or else the newest
 * that is older than the one in use. Nothing is dropped, so there is a way forward again, and learning does not do
 * anew what was gone back from until documents change. A version made before learning was done is none to go back to,
 * and neither is one of another base model than that of the version in use.
 *
 * Throws NoSuchVersionError, AmbiguousVersionError, OtherBaseVersionError.
 */
export function rollBack(store: Store, writerId: number, name?: string): ProfileVersion {
  return store.inTransaction(() => {
    const versions = store.profileVersions.list(writerId).filter((version) => !isEarly(version));
    const chosen = name === undefined ? formerOf(versions) : namedAs(versions, name);
    const { baseModelId = chosen.baseModelId } = store.profileVersions.active(writerId) ?? {};
    if (chosen.baseModelId !== baseModelId) throw new OtherBaseVersionError(chosen.id);
    return store.profileVersions.activate(writerId, chosen.id);
  });
}

/** Whether `rollBack` would take this version. */
export function canGoBackTo(version: ProfileVersion, active: ProfileVersion | undefined): boolean {
  return !isEarly(version) && (active === undefined || active.baseModelId === version.baseModelId);
}

/** @param versions newest first */
function formerOf(versions: readonly ProfileVersion[]): ProfileVersion {
  const former = versions[versions.findIndex(({ isActive }) => isActive) + 1];
  if (former === undefined) throw new NoSuchVersionError(undefined);
  return former;
}

function namedAs(versions: readonly ProfileVersion[], name: string): ProfileVersion {
  const fitting = name.length < shortestName ? [] : versions.filter(({ id }) => id.startsWith(name));
  const [found, other] = fitting;
  if (found === undefined) throw new NoSuchVersionError(name);
  if (other !== undefined) throw new AmbiguousVersionError(name);
  return found;
}

/** Whether a version was made before anything was learned, for tags alone. */
export function isEarly({ report }: Pick<ProfileVersion, "report">): boolean {
  return reportShape.safeParse(report).data?.isEarly === true;
}

/** What a version's prompts can be learned on from; undefined and throws as `decodeLearnedPrompts`. */
export function learnedPromptsOf(
  { profileVersions }: Pick<Store, "profileVersions">,
  { id }: Pick<ProfileVersion, "id">,
): LearnedPrompts | undefined {
  return decodeLearnedPrompts(profileVersions.blobs(id));
}
