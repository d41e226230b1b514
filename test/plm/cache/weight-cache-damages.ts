import {
  chmodSync,
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Random } from "../../../src/numbers/random.ts";
import { recordFile, weightsFile } from "../../../src/plm/cache/weight-cache-names.ts";

/** Something that befalls a cache. */
export interface CacheDamage {
  readonly name: string;
  readonly damage: (folder: string) => void;
}

/** Damages of one kind after the other, each at a place that chance picks anew. */
export function damagesOfCache(random: Random): readonly CacheDamage[] {
  const of = (file: string) => damagesOfFile(file, random);
  return [
    ...of(weightsFile),
    ...of(recordFile),
    {
      name: "its list is that of no version",
      damage: (folder) => writeFileSync(join(folder, recordFile), "{}"),
    },
    { name: "its list ends early", damage: (folder) => truncateSync(join(folder, recordFile), 80) },
    {
      name: "a place in its list is another's",
      damage: (folder) => {
        const path = join(folder, recordFile);
        const text = readFileSync(path, "utf8");
        const offsets = [...text.matchAll(/"offsetBytes":(\d+)/g)].map(([, offset]) => offset!);
        const [one, other] = [offsets.at(1)!, offsets.at(2)!];
        writeFileSync(path, text.replace(`"offsetBytes":${one},`, `"offsetBytes":${other},`));
      },
    },
    { name: "all of it is gone", damage: (folder) => rmSync(folder, { recursive: true }) },
  ];
}

function damagesOfFile(file: string, random: Random): readonly CacheDamage[] {
  const at = (folder: string): string => {
    const path = join(folder, file);
    chmodSync(path, 0o600);
    return path;
  };
  /** A place that says something: between the weights of a small model there are mostly zeros. */
  const placeIn = (path: string): number => {
    const places = [...readFileSync(path).entries()].filter(([, byte]) => byte !== 0);
    return places[random.integer(places.length)]![0];
  };
  const overwrite = (path: string, bytes: Uint8Array) => {
    const place = placeIn(path);
    const opened = openSync(path, "r+");
    writeSync(opened, bytes, 0, Math.min(bytes.length, statSync(path).size - place), place);
    closeSync(opened);
  };
  const noise = (length: number) => Uint8Array.from({ length }, () => random.integer(256));
  return [
    { name: `${file} is empty`, damage: (folder) => truncateSync(at(folder), 0) },
    {
      name: `${file} is cut short`,
      damage: (folder) => truncateSync(at(folder), random.integer(statSync(at(folder)).size)),
    },
    {
      name: `${file} has zeros in it`,
      damage: (folder) => overwrite(at(folder), new Uint8Array(1 + random.integer(2_000))),
    },
    { name: `${file} has noise in it`, damage: (folder) => overwrite(at(folder), noise(64)) },
    {
      name: `${file} has one bit turned`,
      damage: (folder) => {
        const path = at(folder);
        const place = placeIn(path);
        const opened = openSync(path, "r+");
        const byte = new Uint8Array(1);
        readSync(opened, byte, 0, 1, place);
        byte[0]! ^= 1 << random.integer(8);
        writeSync(opened, byte, 0, 1, place);
        closeSync(opened);
      },
    },
    {
      name: `${file} was cut short and filled up again with zeros`,
      damage: (folder) => {
        const opened = openSync(at(folder), "r+");
        const { size } = statSync(at(folder));
        ftruncateSync(opened, random.integer(size));
        ftruncateSync(opened, size);
        closeSync(opened);
      },
    },
    { name: `${file} is longer`, damage: (folder) => writeFileSync(at(folder), noise(10), { flag: "a" }) },
    { name: `${file} is gone`, damage: (folder) => rmSync(join(folder, file)) },
    {
      name: `${file} is a folder`,
      damage: (folder) => {
        rmSync(join(folder, file));
        mkdirSync(join(folder, file));
      },
    },
    {
      name: `${file} is a folder with something in it`,
      damage: (folder) => {
        rmSync(join(folder, file));
        mkdirSync(join(folder, file));
        writeFileSync(join(folder, file, "notes.txt"), "precious");
      },
    },
    {
      name: `${file} is a link to what never ends`,
      damage: (folder) => {
        rmSync(join(folder, file));
        symlinkSync("/dev/zero", join(folder, file));
      },
    },
    {
      name: `${file} is a link to another file`,
      damage: (folder) => {
        copyFileSync(join(folder, file), join(folder, "..", `moved-${file}`));
        rmSync(join(folder, file));
        symlinkSync(join(folder, "..", `moved-${file}`), join(folder, file));
      },
    },
  ];
}
