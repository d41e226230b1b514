import { StoreChecksumError } from "../store/errors.ts";
import type { ProfileVersion } from "../store/repositories/profile-versions.ts";
import type { Store } from "../store/store.ts";
import { ProfileDamagedError, ProfileFormatError } from "./errors.ts";
import { decodeLearnedPrompts, decodeProfile } from "./profile.ts";

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
