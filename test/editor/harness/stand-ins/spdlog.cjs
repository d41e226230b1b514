// Stands in for @vscode/spdlog, which is compiled: log files of VS Code's server, one line a message.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const levels = ["trace", "debug", "info", "warn", "error", "critical", "off"];

class FileLogger {
  #file;
  #level = levels.indexOf("info");
  #isBare = false;

  constructor(file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    for (const [level, name] of levels.entries()) {
      this[name] = (message) => this.#write(level, name, message);
    }
  }

  #write(level, name, message) {
    if (level >= this.#level) {
      appendFileSync(
        this.#file,
        this.#isBare ? message : `${new Date().toISOString()} [${name}] ${message}\n`,
      );
    }
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  /** VS Code formats the lines itself then. */
  clearFormatters() {
    this.#isBare = true;
  }

  setPattern() {}

  flush() {}

  drop() {}
}

const open = async (_name, file) => new FileLogger(file);

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = open;
exports.createAsyncRotatingLogger = open;
