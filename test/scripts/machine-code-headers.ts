import type { MachineCode } from "../../scripts/machine-code.ts";

/** The beginning of a file of machine code for 64-bit Linux; `machine` 62 is x86-64, 183 is ARM. */
export function elf(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  header.writeUInt16LE(machine, 18);
  return header;
}

/** The beginning of a file of machine code for Windows; `machine` 0x8664 is x86-64, 0xaa64 is ARM. */
export function portableExecutable(machine: number): Buffer {
  const header = Buffer.alloc(256);
  header.write("MZ", 0, "latin1");
  header.writeUInt32LE(128, 60);
  header.write("PE\0\0", 128, "latin1");
  header.writeUInt16LE(machine, 132);
  return header;
}

/** The beginning of a file of machine code for macOS; `processor` 0x01000007 is x86-64, 0x0100000c is ARM. */
export function machO(processor: number): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(0xfeedfacf, 0);
  header.writeUInt32LE(processor, 4);
  return header;
}

/** The beginning of a file of machine code of this kind. */
export function machineCodeFor({ format, machine }: MachineCode): Buffer {
  const isArm = machine === "arm64";
  switch (format) {
    case "ELF":
      return elf(isArm ? 183 : 62);
    case "PE":
      return portableExecutable(isArm ? 0xaa64 : 0x8664);
    case "Mach-O":
      return machO(isArm ? 0x0100000c : 0x01000007);
    default:
      return format satisfies never;
  }
}
