import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import satisfies from "spdx-satisfies";
import { z } from "zod";

/** Licences whose works may be shipped inside an Apache-2.0 work, by their SPDX names. */
export const allowedLicences: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
  "Zlib",
];

/** An installed package; `licence` is absent where its package.json names none. */
export interface InstalledPackage {
  readonly name: string;
  readonly licence: string | undefined;
}

const names = z.record(z.string(), z.string()).default({});

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), dependencies: names, optionalDependencies: names }),
  ),
});

type Lock = z.infer<typeof lockFile>["packages"];

const packageFile = z.object({
  name: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  // The form before 2014: a list, of which the user may choose.
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

/**
 * The installed packages that users get, by name: those that are not for development alone, and those that lie in
 * the bundles, with all that they need. A platform's absent ones are left out.
 */
export function readShippedPackages(root: string): InstalledPackage[] {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  const shipped = Object.keys(packages).filter((folder) => folder !== "" && packages[folder]!.dev !== true);
  const found = new Map<string, InstalledPackage>();
  for (const folder of withNeeded(packages, [...shipped, ...bundledFolders(root)])) {
    const file = join(root, folder, "package.json");
    if (!existsSync(file)) {
      continue;
    }
    const { name, license, licenses } = packageFile.parse(JSON.parse(readFileSync(file, "utf8")));
    const older = licenses?.map(({ type }) => type).join(" OR ");
    const licence = typeof license === "object" ? license.type : (license ?? older);
    found.set(`${name} ${licence}`, { name, licence });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function bundledFolders(root: string): readonly string[] {
  const list = join(root, "scripts", "bundled-packages.json");
  if (!existsSync(list)) return [];
  const bundled = z.array(z.string()).parse(JSON.parse(readFileSync(list, "utf8")));
  return bundled.map((name) => `node_modules/${name}`);
}

/** Folders of packages, with those of all packages that they need. */
function withNeeded(lock: Lock, folders: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (folder: string): void => {
    const entry = lock[folder];
    if (entry === undefined || found.has(folder)) return;
    found.add(folder);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const needed = nearestFolder(lock, folder, name);
      if (needed !== undefined) visit(needed);
    }
  };
  folders.forEach(visit);
  return found;
}

/** Where Node finds a package that another needs: in the other's own folder, else beside one that it lies in. */
function nearestFolder(lock: Lock, from: string, name: string): string | undefined {
  const folder = `${from}/node_modules/${name}`;
  if (lock[folder] !== undefined) return folder;
  const above = from.lastIndexOf("/node_modules/");
  const top = `node_modules/${name}`;
  if (above >= 0) return nearestFolder(lock, from.slice(0, above), name);
  return lock[top] === undefined ? undefined : top;
}

/** One sentence for each package that may not be shipped, or that NOTICE does not credit; empty where all is well. */
export function licenceProblems(packages: readonly InstalledPackage[], notice: string): string[] {
  const credited = new Set(notice.split("\n").map((line) => line.trim()));
  return packages.flatMap(({ name, licence }) => {
    if (licence === undefined) {
      return [`${name} names no licence. Ask its authors, or use another package.`];
    }
    if (!isAllowed(licence)) {
      return [
        `${name} is under '${licence}', which is not on the list of scripts/licences.ts. Use another package.`,
      ];
    }
    const credit = creditLine({ name, licence });
    return credited.has(credit) ? [] : [`NOTICE does not credit ${name}. Add the line '${credit}'.`];
  });
}

/** How NOTICE credits a package. */
export function creditLine({ name, licence }: InstalledPackage): string {
  return `${name} (${licence})`;
}

function isAllowed(licence: string): boolean {
  try {
    return satisfies(licence, [...allowedLicences]);
  } catch {
    // Not an SPDX expression: 'SEE LICENSE IN ...', 'UNLICENSED'.
    return false;
  }
}
