// Stands in for @vscode/fs-copyfile, which is compiled: copies without the file system's own cloning.
const { cp } = require("node:fs/promises");

const copy = (from, to) => cp(from, to, { recursive: true });

exports.cp = copy;
exports.copyFile = copy;
exports.isCloneSupported = async () => false;
