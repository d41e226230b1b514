// Refuses a Node without node:sqlite in words, before anything fails in a stack trace.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `Idiolect needs Node 22.13 or newer (node:sqlite); this is ${process.version}.\n` +
      "`npm ci` installs Node 24 beside the packages and npm scripts then use it. If it is missing, the\n" +
      "optional package `node` was not installed: run `npm ci --include=optional`, or install Node 24.",
  );
  process.exit(1);
}
