import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";

/** Random numbers in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Damage = (path: string, bytes: Buffer, below: (limit: number) => number) => void;

const pageBytes = 4096;

const damages: Readonly<Record<string, Damage>> = {
  "flipped bits": (path, bytes, below) => {
    for (let flips = 1 + below(4); flips > 0; flips -= 1) bytes[below(bytes.length)]! ^= 1 << below(8);
    writeFileSync(path, bytes);
  },
  "one flipped bit": (path, bytes, below) => {
    bytes[below(bytes.length)]! ^= 1 << below(8);
    writeFileSync(path, bytes);
  },
  "another byte": (path, bytes, below) => {
    bytes[below(bytes.length)] = below(256);
    writeFileSync(path, bytes);
  },
  "cut short": (path, bytes, below) => truncateSync(path, below(bytes.length)),
  "a page of zeros": (path, bytes, below) => {
    const start = below(Math.ceil(bytes.length / pageBytes)) * pageBytes;
    writeFileSync(path, bytes.fill(0, start, Math.min(bytes.length, start + pageBytes)));
  },
  "a stretch of noise": (path, bytes, below) => {
    const start = below(bytes.length);
    for (let at = start; at < Math.min(bytes.length, start + 200); at += 1) bytes[at] = below(256);
    writeFileSync(path, bytes);
  },
  deleted: (path) => rmSync(path),
};

/** Damages a file in one of several ways, and says how. Does nothing to one that is not there, or is empty. */
export function damageFile(path: string, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const names = Object.keys(damages);
  const name = names[below(names.length)]!;
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (bytes.length === 0) return "nothing";
  damages[name]!(path, bytes, below);
  return name;
}
