import type { ProfileVersion } from "../store/repositories/profile-versions.ts";
import type { Store } from "../store/store.ts";
import { AmbiguousVersionError, NoSuchVersionError } from "./errors.ts";
import { reportShape } from "./report.ts";

/** Shorter names of versions would fit several before long. */
const shortestName = 4;

/**
 * Lets readings use a version that was learned before: the one whose id is given, or begins so, or else the newest
 * that is older than the one in use. Nothing is dropped, so there is a way forward again, and learning does not do
 * anew what was gone back from until documents change. A version made before learning was done is none to go back to.
 *
 * Throws NoSuchVersionError, AmbiguousVersionError.
 */
export function rollBack(store: Store, writerId: number, name?: string): ProfileVersion {
  return store.inTransaction(() => {
    const versions = store.profileVersions.list(writerId).filter(({ report }) => !isEarly(report));
    const chosen = name === undefined ? formerOf(versions) : namedAs(versions, name);
    return store.profileVersions.activate(writerId, chosen.id);
  });
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

function isEarly(report: unknown): boolean {
  return reportShape.safeParse(report).data?.isEarly === true;
}
