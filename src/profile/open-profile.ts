import type { Store } from "../store/store.ts";
import { decodeProfile, type GeneralReader, type WriterProfile } from "./profile.ts";
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
