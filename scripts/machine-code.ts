/** What a file of machine code is for, by its header. */
export interface MachineCode {
  readonly format: "ELF" | "PE" | "Mach-O";
  readonly machine: "x86-64" | "arm64";
}

/** ELF's and PE's numbers of machines; Mach-O's types of processors. */
const machines = {
  ELF: new Map([
    [62, "x86-64"],
    [183, "arm64"],
  ]),
  PE: new Map([
    [0x8664, "x86-64"],
    [0xaa64, "arm64"],
  ]),
  "Mach-O": new Map([
    [0x01000007, "x86-64"],
    [0x0100000c, "arm64"],
  ]),
} as const;

/** Reads the header of machine code for 64 bits; undefined where a file is no such thing, or for another machine. */
export function machineCodeOf(content: Buffer): MachineCode | undefined {
  const found = elfMachine(content) ?? peMachine(content) ?? machOMachine(content);
  if (found === undefined) return undefined;
  const machine = machines[found.format].get(found.number);
  return machine === undefined
    ? undefined
    : { format: found.format, machine: machine as MachineCode["machine"] };
}

interface NumberedMachine {
  readonly format: MachineCode["format"];
  readonly number: number;
}

/** Magic, then 2 for 64 bits and 1 for little endian; the machine stands at byte 18. */
function elfMachine(content: Buffer): NumberedMachine | undefined {
  const isElf = content.subarray(0, 6).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]));
  return isElf && content.length >= 20 ? { format: "ELF", number: content.readUInt16LE(18) } : undefined;
}

/** A stub for DOS, which says at byte 60 where the header lies that begins with 'PE' and the machine. */
function peMachine(content: Buffer): NumberedMachine | undefined {
  if (content.length < 64 || content.toString("latin1", 0, 2) !== "MZ") return undefined;
  const at = content.readUInt32LE(60);
  return at + 6 <= content.length && content.toString("latin1", at, at + 4) === "PE\0\0"
    ? { format: "PE", number: content.readUInt16LE(at + 4) }
    : undefined;
}

/** The magic number of 64-bit Mach-O in little endian, then the type of processor. */
function machOMachine(content: Buffer): NumberedMachine | undefined {
  return content.length >= 8 && content.readUInt32LE(0) === 0xfeedfacf
    ? { format: "Mach-O", number: content.readUInt32LE(4) }
    : undefined;
}
