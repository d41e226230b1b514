import { rmSync, truncateSync, writeFileSync } from "node:fs";
import AdmZip from "adm-zip";
import onnxProto from "onnx-proto";
import { type HostileFolder, nested } from "./hostile-folder.ts";

const { onnx } = onnxProto;

interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

const jar = (name: string, make: (path: string) => void): HostileFolder => ({
  name,
  file: "model.jar",
  spoil: (path) => {
    rmSync(path, { recursive: true, force: true });
    make(path);
  },
});

function zipped(entries: readonly Entry[]): Buffer {
  const zip = new AdmZip();
  for (const { name, content } of entries) zip.addFile(name, content);
  return zip.toBuffer();
}

const packed = (name: string, onnxFile: () => Buffer, tokenizer = () => Buffer.from("{}")): HostileFolder =>
  jar(name, (path) =>
    writeFileSync(
      path,
      zipped([
        { name: "model.onnx", content: onnxFile() },
        { name: "tokenizer.json", content: tokenizer() },
      ]),
    ),
  );

const graphOf = (graph: object): Buffer =>
  Buffer.from(onnx.ModelProto.encode(onnx.ModelProto.create({ graph })).finish());

const product = (dims: readonly number[], rawData = new Uint8Array(0)) =>
  graphOf({
    initializer: [{ name: "m", dims, dataType: 1, rawData }],
    node: [
      { opType: "MatMul", name: "/encoder/layer.0/output/dense/MatMul", input: ["x", "m"], output: ["y"] },
    ],
  });

/** A copy of a small archive with other bytes at the places that `change` gives. */
const changed = (name: string, change: (bytes: Buffer) => void): HostileFolder =>
  jar(name, (path) => {
    const bytes = zipped([
      { name: "model.onnx", content: Buffer.alloc(5_000, "onnx") },
      { name: "tokenizer.json", content: Buffer.from("{}") },
    ]);
    change(bytes);
    writeFileSync(path, bytes);
  });

function placesOf(bytes: Buffer, wanted: Buffer): readonly number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) places.push(at);
  return places;
}

const centralSignature = Buffer.from("504b0102", "hex");
const zeros = () => Buffer.alloc(2 ** 28);

/** Archives that unpack to more than they are, claim what is not there, or hold a graph that is none. */
export const hostileArchives: readonly HostileFolder[] = [
  jar("an archive of no bytes", (path) => writeFileSync(path, "")),
  jar("an archive that is text", (path) => writeFileSync(path, "PK\u0003\u0004 no archive")),
  jar("an archive of a terabyte that was never written", (path) => {
    writeFileSync(path, "PK\u0003\u0004");
    truncateSync(path, 2 ** 40);
  }),
  packed("an archive whose model unpacks to a thousand times its size", zeros),
  packed(
    "an archive whose tokenizer unpacks to a thousand times its size",
    () => product([1, 1]),
    () => Buffer.alloc(2 ** 26, "["),
  ),
  packed(
    "an archive whose tokenizer is lists in lists",
    () => product([1, 1]),
    () => Buffer.from(nested("[", "]", 1_000_000)),
  ),
  packed("an archive whose model is noise", () =>
    Buffer.from(Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256)),
  ),
  packed("an archive whose model is nothing", () => Buffer.alloc(0)),
  packed("a matrix of trillions of rows and no columns", () => product([2 ** 40, 0])),
  packed("a matrix of trillions of rows and columns", () => product([2 ** 40, 2 ** 40])),
  packed("a matrix below zero", () => product([-1, -1], new Uint8Array(4))),
  packed("hundreds of thousands of tensors", () =>
    graphOf({
      initializer: Array.from({ length: 200_000 }, (_, at) => ({
        name: `encoder.layer.${at}.x`,
        dims: [1],
        dataType: 1,
        rawData: new Uint8Array(4),
      })).concat(
        ["word", "position", "token_type"].map((kind) => ({
          name: `embeddings.${kind}_embeddings.weight`,
          dims: [1],
          dataType: 1,
          rawData: new Uint8Array(4),
        })),
      ),
      node: [{ opType: "Erf", name: "act", input: ["x"], output: ["y"] }],
    }),
  ),
  changed("an archive with a wrong checksum", (bytes) => {
    for (const at of placesOf(bytes, centralSignature)) bytes.writeUInt32LE(7, at + 16);
  }),
  changed("an archive whose parts are packed in an unknown way", (bytes) => {
    for (const at of placesOf(bytes, centralSignature)) bytes.writeUInt16LE(99, at + 10);
  }),
  changed("an archive that is locked", (bytes) => {
    for (const at of placesOf(bytes, centralSignature)) bytes.writeUInt16LE(1, at + 8);
  }),
  changed("an archive that claims gigabytes", (bytes) => {
    for (const at of placesOf(bytes, centralSignature)) bytes.writeUInt32LE(2 ** 31 - 2, at + 24);
  }),
  changed("an archive whose parts lie beyond its end", (bytes) => {
    for (const at of placesOf(bytes, centralSignature)) bytes.writeUInt32LE(2 ** 31, at + 42);
  }),
  changed("an archive with one byte turned", (bytes) => {
    bytes[45]! ^= 0xff;
  }),
  changed("an archive of two models", (bytes) => {
    for (const at of placesOf(bytes, Buffer.from("tokenizer.json"))) bytes.write("tokeniser.onnx", at);
  }),
];
