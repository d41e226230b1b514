/*
 * ONNX Runtime for Windows has no switch for its telemetry and sends nothing itself: it hands events to Windows'
 * tracing as a provider of the group whose events Windows collects for Microsoft, if its user's settings allow. A
 * library that is no member of that group is traced by nobody but who asks for it by name on this machine.
 * (TraceLoggingProvider.h: behind the provider's name stand its traits, each with size, kind and value; the kind 1 is
 * the group, kinds from 128 on are the provider's own, which Windows passes over.)
 */

/** Microsoft's group of providers of telemetry, {4f50731a-89cf-4782-b3e0-dce8c90476ba}. */
const telemetryGroup = Buffer.from("1a73504fcf898247b3e0dce8c90476ba", "hex");

const groupTrait = Buffer.concat([Buffer.from([19, 0, 1]), telemetryGroup]);
const ownTrait = Buffer.from([19, 0, 128, ...new Uint8Array(16)]);

/** Whether a library hands events to Windows' telemetry. */
export const hasTelemetryGroup = (library: Buffer): boolean => library.includes(telemetryGroup);

/**
 * A library for Windows outside of that group, and without the signature of its maker, who did not make it so.
 * Throws where it is no member, or not as it is known: then the library has to be looked at anew.
 */
export function quietLibrary(library: Buffer): Buffer {
  const at = library.indexOf(groupTrait);
  if (at < 0 || library.indexOf(telemetryGroup, at + groupTrait.length) >= 0) {
    throw new Error("This library is not in Windows' telemetry group once, as the known version is.");
  }
  const quiet = Buffer.from(library);
  ownTrait.copy(quiet, at);
  return withoutSignature(quiet);
}

/** The header of a program for Windows tells where its signature lies, which is the last part of the file. */
function withoutSignature(library: Buffer): Buffer {
  const optionalHeader = library.readUInt32LE(60) + 24;
  const entry = optionalHeader + 112 + 4 * 8;
  const [start, bytes] = [library.readUInt32LE(entry), library.readUInt32LE(entry + 4)];
  if (start === 0) return library;
  if (start + bytes !== library.length) throw new Error("The library's signature is not its last part.");
  library.writeUInt32LE(0, entry);
  library.writeUInt32LE(0, entry + 4);
  // The sum over the file; Windows looks at that of drivers alone.
  library.writeUInt32LE(0, optionalHeader + 64);
  return library.subarray(0, start);
}
