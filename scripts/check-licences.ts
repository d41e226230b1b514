/*
 * Fails where a package that ships with Idiolect may not be part of an Apache-2.0 work, or is not credited.
 *   node scripts/check-licences.ts [folder]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { licenceProblems, readShippedPackages } from "./licences.ts";

const root = process.argv[2] ?? ".";
const packages = readShippedPackages(root);
const problems = licenceProblems(packages, readFileSync(join(root, "NOTICE"), "utf8"));
for (const problem of problems) {
  console.error(problem);
}
if (problems.length > 0) {
  process.exitCode = 1;
} else {
  console.log(`${packages.length} shipped packages, each under a licence that Apache-2.0 work may include.`);
}
