// Loaded into every process of the editor under test before its own code. It writes down each attempt to
// reach another machine, with who tried, and refuses it.
const { appendFileSync } = require("node:fs");
const dns = require("node:dns");
const net = require("node:net");
const dgram = require("node:dgram");

const ours = /127\.\d+\.\d+\.\d+|^::1$|^localhost$|^::ffff:127\./;

/** Throws for an address that is not this machine's. */
function look(what, host) {
  if (typeof host !== "string" || ours.test(host)) {
    return;
  }
  const attempt = { what, host, process: process.argv.slice(1), stack: new Error("attempt").stack };
  appendFileSync(process.env.IDIOLECT_NETWORK_LOG, `${JSON.stringify(attempt)}\n`);
  throw Object.assign(new Error(`No network in this test: ${what} ${host}`), { code: "ENETUNREACH" });
}

function guard(object, name, hostOf) {
  const original = object[name];
  object[name] = function guarded(...words) {
    look(name, hostOf(words));
    return original.apply(this, words);
  };
}

/** `connect(options)`, `connect(port, host)`, `connect(path)`, and the same as one normalised list. */
function connectHost([first, second]) {
  const options = Array.isArray(first) ? first[0] : first;
  return typeof options === "object" && options !== null ? options.host : second;
}

guard(net.Socket.prototype, "connect", connectHost);
guard(dgram.Socket.prototype, "connect", ([, host]) => host);
guard(dgram.Socket.prototype, "send", (words) => words.findLast((word) => typeof word === "string"));
for (const resolver of [dns, dns.promises]) {
  guard(resolver, "lookup", ([host]) => host);
  guard(resolver, "resolve", ([host]) => host);
}
