// Stands in for @vscode/ripgrep of older versions, which fetches its program when it is installed.
const { join } = require("node:path");

exports.rgPath = join(__dirname, "..", "ripgrep-linux-x64", "bin", "rg");
