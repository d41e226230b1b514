// Stands in for @vscode/ripgrep-universal, which brings the programs of all machines; one is enough.
const { join } = require("node:path");

const program = join(__dirname, "..", "ripgrep-linux-x64", "bin", "rg");

exports.rgPath = program;
exports.binPathFor = () => program;
