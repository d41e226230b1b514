// Stands in for @vscode/native-watchdog, which is compiled: a process leaves when its parent is gone.
const lookEveryMs = 2000;
const parentIsGone = 87;

exports.start = (parent) => {
  const look = () => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(parentIsGone);
    }
  };
  setInterval(look, lookEveryMs).unref();
};
