import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { alone } from "./alone.ts";

const root = resolve(import.meta.dirname, "../../..");
const built = join(root, "build", "editor-tests");

/** The packed extension, installed once; every server of the tests shares it. */
export const extensionsFolder = join(built, "extensions");

/** A folder of posts and a home of their own for everything that the editor and Idiolect keep. */
export interface Scene {
  /** The writer's folder: the sample blog and a draft without tags, `draft.md`, unless texts are given. */
  readonly workspace: string;
  /** Of the served VS Code. */
  readonly dataFolder: string;
  /** Where Idiolect keeps what it learned. */
  readonly store: string;
  /** Where the weights are unpacked, for all scenes. */
  readonly cache: string;
  /** What lets the programs find their folders. */
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export interface SceneOptions {
  /** The writer of the sample blog has been learned already, with a voice or without. */
  readonly learned?: boolean | "with a voice";
  /** Texts by file name, in place of the sample blog and the draft. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Of the sample blog's posts only so many, the newest: learning takes as much less time. */
  readonly posts?: number;
}

export function createScene({ learned = false, texts, posts = Infinity }: SceneOptions = {}): Scene {
  const folder = mkdtempSync(join(tmpdir(), "idiolect-scene-"));
  const workspace = join(folder, "dorcas-wain");
  if (texts === undefined) {
    const blog = join(root, "media", "sample-blog");
    // Their names begin with the day.
    for (const name of readdirSync(blog).sort().toReversed().slice(0, posts)) {
      cpSync(join(blog, name), join(workspace, name), { recursive: true });
    }
    cpSync(join(root, "media", "sample-draft.md"), join(workspace, "draft.md"));
  } else {
    mkdirSync(workspace);
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(workspace, name), text);
  }
  const store = join(folder, ".local", "share", "idiolect");
  if (learned !== false) {
    cpSync(learnedStore(learned !== true), store, { recursive: true });
  }
  return {
    workspace,
    dataFolder: join(folder, "code"),
    store,
    cache: join(built, "cache"),
    environment: environmentOf(folder),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The folder is a home of its own. Unpacked weights hold nothing of a writer, so all scenes share them. */
function environmentOf(folder: string): Readonly<Record<string, string>> {
  return {
    HOME: folder,
    XDG_DATA_HOME: join(folder, ".local", "share"),
    XDG_CACHE_HOME: join(built, "cache"),
  };
}

/** What the learner makes of the sample blog, learned once for each state of the learner and the model. */
function learnedStore(voice: boolean): string {
  const learner = readFileSync(join(root, "build", "extension", "dist", "learner.js"));
  const model = readFileSync(join(root, "models", "idiolect-base", "model.safetensors"));
  const hash = createHash("sha256").update(learner).update(model).digest("hex");
  const kind = voice ? "voice-learned-" : "learned-";
  const folder = join(built, `${kind}${hash.slice(0, 16)}`);
  mkdirSync(built, { recursive: true });
  alone(join(built, "learning.lock"), () => {
    if (!existsSync(folder)) learnSampleBlog(folder, kind, voice);
  });
  return folder;
}

function learnSampleBlog(folder: string, kind: string, voice: boolean): void {
  const half = mkdtempSync(join(built, "learning-"));
  const blog = join(root, "media", "sample-blog");
  const program = join(root, "src", "cli", "main.ts");
  const learn = [program, "learn", blog, "--store", half, ...(voice ? ["--voice"] : [])];
  const { status, stderr } = spawnSync(process.execPath, learn, {
    encoding: "utf8",
    env: { ...process.env, ...environmentOf(half) },
  });
  if (status !== 0) {
    throw new Error(`The sample blog was not learned:\n${stderr}`);
  }
  for (const older of readdirSync(built).filter((name) => name.startsWith(kind))) {
    rmSync(join(built, older), { recursive: true });
  }
  renameSync(half, folder);
}
