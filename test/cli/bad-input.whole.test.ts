import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  cpSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { modelConfigSchema } from "../../src/plm/files/model-config.ts";
import { encoderTensors } from "../../src/plm/files/tensor-shapes.ts";
import { writeSafetensors } from "../../src/plm/files/write-safetensors.ts";
import { openStore } from "../../src/store/open-store.ts";
import { writeSmallBlog } from "../learner/small-blog.ts";
import { idiolect, tinyModel, useOwnCache } from "./run-idiolect.ts";

const folder = mkdtempSync(join(tmpdir(), "idiolect-bad-input-"));
const model = tinyModel(folder);

useOwnCache(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inStore = (name: string) => ["--store", join(folder, name), "--model", model];

/** Whether this machine lets a process mount file systems that only it sees. */
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]).status === 0;

test("A binary file, broken front matter and 50 MB are told, and the rest is learned.", async () => {
  const blog = writeSmallBlog(join(folder, "mixed"), 3);
  writeFileSync(
    join(blog, "photo.md"),
    new Uint8Array(5_000).map((_, at) => at % 251),
  );
  writeFileSync(
    join(blog, "broken.md"),
    "---\ntitle: [never closed\ntags: a\n---\nI was there all the same.\n",
  );
  const large = openSync(join(blog, "large.md"), "w");
  ftruncateSync(large, 50_000_000);
  closeSync(large);
  const { code, out, errors } = await idiolect(["learn", blog, "--json", ...inStore("mixed-store")]);
  expect(errors).toMatch(/photo\.md: contains binary data, not text\. Rename the file, or exclude it\./);
  expect(errors).toMatch(/broken\.md:\d: The front matter \(YAML\) is broken/);
  expect(errors).toMatch(/large\.md: is larger than the limit of 5\.0 MB\. /);
  expect(errors).not.toMatch(/\n\s+at /);
  expect({ code, documents: JSON.parse(out).documents }).toEqual({ code: 0, documents: 4 });
  for (const name of ["photo.md", "large.md"]) {
    expect(await idiolect(["read", join(blog, name), ...inStore("mixed-store")])).toMatchObject({ code: 1 });
  }
});

test("A folder without text ends with 3 and leaves no writer behind.", async () => {
  const empty = join(folder, "empty-blog");
  mkdirSync(empty);
  const { code, errors } = await idiolect(["learn", empty, ...inStore("empty-store")]);
  expect(code).toBe(3);
  expect(errors).toContain("no Markdown or text files");
  expect(await idiolect(["report", ...inStore("empty-store")])).toMatchObject({ code: 3 });
});

test("A folder that is not there is told by its name, and keeps what was learned before.", async () => {
  const { code, errors } = await idiolect(["learn", join(folder, "nowhere"), ...inStore("nowhere-store")]);
  expect(code).toBe(1);
  expect(errors).toContain(`The folder ${join(folder, "nowhere")} cannot be read.`);
});

test("A model directory with a missing or mis-shaped tensor is refused with its name.", async () => {
  const broken = join(folder, "broken-model");
  cpSync(model, broken, { recursive: true });
  const config = modelConfigSchema.parse(JSON.parse(readFileSync(join(broken, "config.json"), "utf8")));
  const tensors = [...encoderTensors(config)].flatMap(([name, shape]) => {
    if (name === "embeddings.LayerNorm.bias") {
      return [];
    }
    const kept = name === "embeddings.LayerNorm.weight" ? [3] : shape;
    const data = new Float32Array(kept.reduce((product, size) => product * size, 1));
    return [{ name, shape: kept, data, type: "F32" } as const];
  });
  writeSafetensors(join(broken, "model.safetensors"), tensors);
  const blog = writeSmallBlog(join(folder, "model-blog"), 2);
  for (const command of [
    ["learn", blog],
    ["read", join(blog, "01-bridge.md")],
  ]) {
    const options = ["--store", join(folder, "model-store"), "--model", broken];
    const { code, errors } = await idiolect([...command, ...options]);
    expect(code).toBe(1);
    expect(errors).toContain("tensor embeddings.LayerNorm.bias [32] is missing");
    expect(errors).toContain("tensor embeddings.LayerNorm.weight has shape [3], config.json asks for [32]");
    expect(errors).not.toMatch(/\n\s+at /);
  }
});

test("A corrupt store is set aside, told, and learned anew; corrections come back.", async () => {
  const blog = writeSmallBlog(join(folder, "corrupt-blog"), 3);
  const store = join(folder, "corrupt-store");
  await idiolect(["learn", blog, "--writer", "Anna", ...inStore("corrupt-store")]);
  teach(store);
  writeFileSync(join(store, "idiolect.sqlite"), "this is no database ".repeat(500));
  for (const name of readdirSync(store).filter((one) => /-(wal|shm)$/.test(one))) {
    rmSync(join(store, name));
  }
  const options = ["--writer", "Anna", ...inStore("corrupt-store")];
  const { code, errors } = await idiolect(["learn", blog, "--json", ...options]);
  expect(code).toBe(0);
  expect(errors).toContain("The store was damaged. It has been moved to");
  expect(errors).toContain("1 correction was restored");
  using again = openStore(store);
  const writer = again.writers.named("Anna")!;
  expect(again.documents.list(writer.id)).toHaveLength(3);
  expect(again.corrections.list(writer.id)).toHaveLength(1);
});

const isRoot = process.getuid?.() === 0;
const rootNote = isRoot ? " [root may write everywhere]" : "";

test.skipIf(isRoot)(`A read-only store is told.${rootNote}`, async () => {
  const store = join(folder, "read-only-store");
  openStore(store).close();
  chmodSync(store, 0o500);
  const { code, errors } = await idiolect(["report", "--store", store]);
  chmodSync(store, 0o700);
  expect({ code, errors }).toMatchObject({ code: 1, errors: expect.stringContaining("cannot be written") });
});

const mountNote = canMount ? "" : " [without the right to mount]";

test.skipIf(!canMount)(`A full disk is told, and what was stored before is intact.${mountNote}`, () => {
  const blog = writeSmallBlog(join(folder, "full-blog"), 14);
  const { errors, status } = onOwnDisk("size=300k", `learn ${blog}`);
  expect(errors).toMatch(/There is no space left to write the store at .* what was saved before is intact\./);
  expect(errors).not.toMatch(/\n\s+at /);
  expect(status).toBe(1);
});

test.skipIf(!canMount)(`A read-only disk is told.${mountNote}`, () => {
  const blog = writeSmallBlog(join(folder, "read-only-blog"), 2);
  const { errors, status } = onOwnDisk("ro", `learn ${blog}`);
  expect(errors).toMatch(/The store at .* cannot be written\. Give yourself write permission/);
  expect(status).toBe(1);
});

test("Wrong usage ends with 2 and says what is wrong.", async () => {
  for (const words of [
    ["learn"],
    ["nothing"],
    ["tags", "x.md", "--limit", "many"],
    ["evaluate", "mlm", "x"],
  ]) {
    const { code, errors } = await idiolect(words);
    expect({ words, code }).toEqual({ words, code: 2 });
    expect(errors).toMatch(/error: /);
  }
});

test("With --json a failure, too, is exactly one object.", async () => {
  const { code, json } = await idiolect(["report", "--json", ...inStore("none")]);
  expect(code).toBe(3);
  expect(json()).toEqual({ version: 1, error: { code: 3, message: expect.any(String) } });
});

function teach(path: string): void {
  using store = openStore(path);
  const { id } = store.writers.named("Anna")!;
  store.corrections.add(id, { kind: "tone", textHash: "x", sentence: "It was adequate.", valence: 1 });
}

/** Runs the program with its store on a file system of its own. */
function onOwnDisk(
  options: string,
  command: string,
): { readonly errors: string; readonly status: number | null } {
  const disk = mkdtempSync(join(folder, "disk-"));
  const program = join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");
  const run = `mount -t tmpfs -o ${options} none ${disk} && exec "$NODE" --disable-warning=ExperimentalWarning`;
  const ran = spawnSync(
    "unshare",
    ["-rm", "sh", "-c", `${run} ${program} ${command} --store ${disk} --model ${model}`],
    {
      env: { ...process.env, NODE: process.execPath },
      encoding: "utf8",
    },
  );
  return { errors: ran.stderr, status: ran.status };
}
