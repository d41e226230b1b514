import AdmZip from "adm-zip";

/** A file of a VSIX. */
export interface VsixEntry {
  /** With forward slashes, from the root of the archive. */
  readonly path: string;
  readonly bytes: number;
  readonly packedBytes: number;
  readonly read: () => Buffer;
}

/** What one target's VSIX holds: each of `required`, what matches one of `allowed`, and nothing else. */
export interface VsixContract {
  readonly allowed: readonly RegExp[];
  readonly required: readonly string[];
  /** Of the VSIX itself. */
  readonly maximumBytes: number;
  /** Texts that no file may hold, such as the folder that it was built in. */
  readonly forbiddenTexts: readonly string[];
}

/** Largest VSIX for linux-x64. */
const maximumBytes = 57 * 1024 * 1024;

const runtimeFolder = "extension/dist/node_modules/onnxruntime-node";

/** The machine code of ONNX Runtime for 64-bit Linux on Intel and AMD, and nothing for another machine. */
const nativeFiles = ["libonnxruntime.so.1", "onnxruntime_binding.node"].map(
  (name) => `${runtimeFolder}/bin/napi-v6/linux/x64/${name}`,
);

const modelFiles = ["config.json", "model.safetensors", "shared-prompts.safetensors", "tokenizer.json"].map(
  (name) => `extension/models/idiolect-base/${name}`,
);

const voiceFile = "extension/models/voice-background/terms.bin.gz";

/** The programs that the extension consists of. */
export const programFiles = ["extension.cjs", "server.js", "learner.js"].map(
  (name) => `extension/dist/${name}`,
);

/**
 * @param root the folder that the VSIX was built in, which no file of it may name
 * @param named files that the manifest names, such as the icon
 */
export function linuxContract(root: string, named: readonly string[]): VsixContract {
  const required = [
    ...programFiles,
    ...nativeFiles,
    ...modelFiles,
    voiceFile,
    `${runtimeFolder}/package.json`,
  ];
  return {
    allowed: [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/(package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE\.txt|NOTICE)$/,
      /^extension\/models\/(idiolect-base|voice-background)\/README\.md$/,
      /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
      /^extension\/media\/(icon|walkthrough\/[\w-]+)\.(png|svg|md)$/,
      /^extension\/docs\/images\/[\w-]+\.png$/,
      /^extension\/dist\/client\.cjs$/,
      /^extension\/dist\/webview\/[\w-]+\.(js|css)$/,
      /^extension\/dist\/node_modules\/onnxruntime-node\/dist\/[\w-]+\.js$/,
      /^extension\/dist\/node_modules\/onnxruntime-common\/(package\.json|dist\/cjs\/([\w-]+\.js|package\.json))$/,
    ],
    required: ["extension/package.json", "extension/LICENSE.txt", "extension/NOTICE", ...required, ...named],
    maximumBytes,
    forbiddenTexts: [root],
  };
}

/** The files of a VSIX, by path. */
export function readVsix(file: string): VsixEntry[] {
  return new AdmZip(file)
    .getEntries()
    .filter((entry) => !entry.isDirectory)
    .map((entry) => ({
      path: entry.entryName,
      bytes: entry.header.size,
      packedBytes: entry.header.compressedSize,
      read: () => entry.getData(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One sentence for each thing that is wrong with a VSIX; empty where nothing is. */
export function vsixFaults(entries: readonly VsixEntry[], bytes: number, contract: VsixContract): string[] {
  const paths = new Set(entries.map(({ path }) => path));
  return [
    ...entries
      .filter(({ path }) => !contract.required.includes(path))
      .filter(({ path }) => !contract.allowed.some((pattern) => pattern.test(path)))
      .map(({ path }) => `${path} does not belong into it.`),
    ...contract.required.filter((path) => !paths.has(path)).map((path) => `${path} is missing.`),
    ...(bytes > contract.maximumBytes
      ? [`It has ${bytes} bytes; ${contract.maximumBytes} are the most.`]
      : []),
    ...entries.flatMap((entry) => contentFaults(entry, contract.forbiddenTexts)),
  ];
}

/** What is wrong inside one file. */
function contentFaults(entry: VsixEntry, forbiddenTexts: readonly string[]): string[] {
  if (/\.(node|so\.\d+)$/.test(entry.path)) {
    return isLinuxX64(entry.read()) ? [] : [`${entry.path} is not machine code for 64-bit Linux on x86.`];
  }
  if (!/\.(c?js|json|md|css|svg)$/.test(entry.path)) {
    return [];
  }
  const text = entry.read().toString("utf8");
  const page = entry.path === "extension/readme.md" ? pageFaults(text) : [];
  const faults = forbiddenTexts.filter((forbidden) => text.includes(forbidden));
  return [
    ...page.map((fault) => `${entry.path} ${fault}`),
    ...faults.map((forbidden) => `${entry.path} names ${forbidden}.`),
    ...(/^\/\/# sourceMappingURL=/m.test(text) && !entry.path.includes("/node_modules/")
      ? [`${entry.path} names a source map.`]
      : []),
  ];
}

/** The page is for people who have installed the extension, and the editor shows only pictures of the web on it. */
function pageFaults(text: string): string[] {
  const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, source = ""]) => source);
  return [
    ...pictures
      .filter((source) => !source.startsWith("https://"))
      .map((source) => `names the picture ${source}, which the editor does not show.`),
    ...(/\b(npm|npx)\b/.test(text) ? ["speaks of npm, which nobody needs who has it."] : []),
  ];
}

/** ELF, 64 bits, little endian, machine 62 (x86-64). */
function isLinuxX64(content: Buffer): boolean {
  return (
    content.subarray(0, 6).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1])) &&
    content.readUInt16LE(18) === 62
  );
}
