import AdmZip from "adm-zip";
import { type MachineCode, machineCodeOf } from "./machine-code.ts";
import { hasTelemetryGroup } from "./quiet-library.ts";
import type { universalVsix, VsixTarget } from "./vsix-targets.ts";

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
  /** What all machine code in it is for; undefined where it may have none. */
  readonly code: MachineCode | undefined;
}

const megabyte = 1024 * 1024;

/** Of a VSIX for any machine. */
export const largestVsixBytes = 60 * megabyte;

/** What the files of a VSIX are for, with the most bytes that each part may take in it, packed. */
export const vsixBudgets = [
  { part: "engine", path: /^extension\/dist\/node_modules\//, maximumBytes: 19 * megabyte },
  { part: "model", path: /^extension\/models\/idiolect-base\//, maximumBytes: 32 * megabyte },
  { part: "how others write", path: /^extension\/models\/voice-background\//, maximumBytes: 1 * megabyte },
  { part: "programs and parsers", path: /^extension\/dist\/[^/]+\.c?js$/, maximumBytes: 2.5 * megabyte },
  { part: "panels", path: /^extension\/dist\/webview\//, maximumBytes: Math.round(0.1 * megabyte) },
  {
    part: "pictures",
    path: /^extension\/(docs\/images|media\/.*\.(png|svg)$)/,
    maximumBytes: 0.5 * megabyte,
  },
  { part: "the rest", path: /^/, maximumBytes: 0.5 * megabyte },
] as const;

/** The pictures of docs/images that the walkthrough shows. All others are for readers of the repository. */
export const walkthroughPictures = ["consent", "tone-panel", "suggest-tags"];

const packagesFolder = "extension/dist/node_modules";

const modelFiles = ["config.json", "model.safetensors", "shared-prompts.safetensors", "tokenizer.json"].map(
  (name) => `extension/models/idiolect-base/${name}`,
);

const voiceFiles = ["terms.bin.gz", "writing.json"].map(
  (name) => `extension/models/voice-background/${name}`,
);

/** What the extension says, and what its manifest says, in other languages. */
const translationFiles = ["de", "fr"].flatMap((language) => [
  `extension/l10n/bundle.l10n.${language}.json`,
  `extension/package.nls.${language}.json`,
]);

/** The programs that the extension consists of. */
export const programFiles = ["extension.cjs", "server.js", "learner.js"].map(
  (name) => `extension/dist/${name}`,
);

/**
 * @param root the folder that the VSIX was built in, which no file of it may name
 * @param named files that the manifest names, such as the icon
 */
export function vsixContract(
  target: VsixTarget | typeof universalVsix,
  root: string,
  named: readonly string[],
): VsixContract {
  const required = [
    ...programFiles,
    ...engineFiles(target),
    ...modelFiles,
    ...voiceFiles,
    ...translationFiles,
  ];
  return {
    allowed: [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/(package(\.nls(\.[a-z-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|NOTICE)$/,
      /^extension\/models\/(idiolect-base|voice-background)\/README\.md$/,
      /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
      /^extension\/media\/(icon|view|walkthrough\/[\w-]+)\.(png|svg|md)$/,
      new RegExp(`^extension/docs/images/(${walkthroughPictures.join("|")})\\.png$`),
      /^extension\/dist\/client\.cjs$/,
      /^extension\/dist\/webview\/[\w-]+\.(js|css)$/,
      ...(target.code === undefined
        ? []
        : [/^extension\/dist\/node_modules\/onnxruntime-node\/dist\/[\w-]+\.js$/]),
      /^extension\/dist\/node_modules\/onnxruntime-common\/(package\.json|dist\/cjs\/([\w-]+\.js|package\.json))$/,
    ],
    required: ["extension/package.json", "extension/LICENSE.txt", "extension/NOTICE", ...required, ...named],
    maximumBytes: largestVsixBytes,
    forbiddenTexts: [root],
    code: target.code,
  };
}

function engineFiles(target: VsixTarget | typeof universalVsix): readonly string[] {
  const [name, files] =
    target.code === undefined
      ? ["onnxruntime-web", target.files.map((file) => `dist/${file}`)]
      : ["onnxruntime-node", target.files.map((file) => `bin/napi-v6/${target.folder}/${file}`)];
  return ["package.json", ...files].map((file) => `${packagesFolder}/${name}/${file}`);
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
    ...partSizes(entries)
      .filter((part) => part.bytes > part.maximumBytes)
      .map((size) => `Too much for ${size.part}: ${size.bytes} bytes; ${size.maximumBytes} are the most.`),
    ...entries.flatMap((entry) => contentFaults(entry, contract)),
  ];
}

/** How many bytes each part takes, packed. A file belongs to the first part that its path fits. */
export function partSizes(
  entries: readonly VsixEntry[],
): readonly { readonly part: string; readonly bytes: number; readonly maximumBytes: number }[] {
  const partOf = ({ path }: VsixEntry) => vsixBudgets.findIndex((budget) => budget.path.test(path));
  return vsixBudgets.map(({ part, maximumBytes: most }, at) => {
    const own = entries.filter((entry) => partOf(entry) === at);
    return { part, bytes: own.reduce((bytes, entry) => bytes + entry.packedBytes, 0), maximumBytes: most };
  });
}

/** What is wrong inside one file. */
function contentFaults(entry: VsixEntry, { forbiddenTexts, code }: VsixContract): string[] {
  if (/\.(node|so|dll|dylib|exe)(\.\d+)*$/.test(entry.path)) {
    const content = entry.read();
    if (hasTelemetryGroup(content)) return [`${entry.path} hands events to Windows' telemetry.`];
    const found = machineCodeOf(content);
    return code !== undefined && found?.format === code.format && found.machine === code.machine
      ? []
      : [`${entry.path} is ${describe(found)} instead of ${describe(code)}.`];
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

function describe(code: MachineCode | undefined): string {
  return code === undefined ? "no machine code that is known" : `${code.format} for ${code.machine}`;
}
