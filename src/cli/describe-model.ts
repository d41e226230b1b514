import type { ModelFamily } from "../plm/files/model-config.ts";
import type { ModelConversion } from "../plm/foreign/convert-model.ts";
import type { ModelInspection } from "../plm/foreign/inspect-model.ts";
import type { ModelLicence } from "../plm/foreign/model-licence.ts";
import type { ModelCheck } from "../plm/foreign/verify-model.ts";
import { formatBytes, formatCount, formatPlural, formatSeconds, formatSigned } from "../words/format.ts";
import { formatTable } from "./format-table.ts";

const familyNames: Readonly<Record<ModelFamily, string>> = {
  bert: "BERT",
  distilbert: "DistilBERT",
  roberta: "RoBERTa",
  electra: "ELECTRA",
};

const tokenizerNames: Readonly<Record<ModelInspection["tokenizer"]["family"], string>> = {
  wordPiece: "WordPiece",
  byteLevel: "byte-level BPE",
};

/** What a model is, lacks and costs, as a table for people. */
export function describeModel(inspection: ModelInspection): string {
  const { path, id, parameters, fileBytes, stored, unusedTensors, tokenizer, licence, missing } = inspection;
  const types = Object.entries(stored).map(([type, count]) => `${count} × ${type}`);
  const unused = unusedTensors === 0 ? "" : `, ${formatPlural(unusedTensors, "tensor")} not used`;
  const rows = [
    ["family", familyNames[inspection.config.model_type]],
    ["shape", describeShape(inspection)],
    ["parameters", `${formatCount(parameters.encoder)} encoder, ${formatCount(parameters.heads)} heads`],
    ["weights", `${formatBytes(fileBytes)}: ${types.join(", ")}${unused}`],
    ["tokenizer", `${tokenizerNames[tokenizer.family]}, ${formatCount(tokenizer.vocabularySize)} tokens`],
    ["heads", describeHeads(inspection)],
    ["licence", describeLicence(licence)],
    ["id", id.slice(0, 16)],
  ];
  const lacks = missing.map(({ what, consequence }) => `  no ${what}: ${consequence}`);
  return [path, formatTable(rows), ...lacks, describeCost(inspection)].join("\n");
}

function describeShape({ config }: ModelInspection): string {
  const { num_hidden_layers: layers, hidden_size: d, num_attention_heads: heads } = config;
  const { embedding_size: e, max_position_embeddings: longest } = config;
  const embeddings = e === d ? "" : `, embeddings of ${e}`;
  return `${layers} layers of ${d}, ${heads} heads${embeddings}, up to ${longest} tokens`;
}

function describeHeads({ heads, hasGenerator }: ModelInspection): string {
  const names = [
    heads.mlm ? "hidden words" : "",
    heads.replacedTokens ? `replaced words${hasGenerator ? " (with generator)" : ""}` : "",
    heads.sentiment ? "tone" : "",
  ].filter((name) => name !== "");
  return names.length === 0 ? "none" : names.join(", ");
}

function describeLicence(licence: ModelLicence | null): string {
  if (licence === null) return "not named";
  return licence.name === undefined ? `see ${licence.file}` : `${licence.name} (${licence.file})`;
}

function describeCost({ cost }: ModelInspection): string {
  return [
    `  It takes ${formatBytes(cost.cacheBytes)} in the cache, about ${formatBytes(cost.readingMemoryBytes)} of memory to read`,
    `  and ${formatBytes(cost.learningMemoryBytes)} to learn, and about ${formatSeconds(cost.secondsPerStep)} for each step of learning.`,
  ].join("\n");
}

/** What was looked at. */
export function describeModelChecks(path: string, checks: readonly ModelCheck[]): string {
  return [`${path} can be used.`, formatTable(checks.map(({ what, detail }) => [what, detail]))].join("\n");
}

export function describeModelConversion(to: string, conversion: ModelConversion): string {
  const { bytesBefore, bytesAfter, leastCosine, lossDifference } = conversion;
  const loss =
    lossDifference === undefined ? "" : ` Loss at hidden words: ${formatSigned(lossDifference, 3)} nats.`;
  return [
    `${to}: weights ${formatBytes(bytesBefore)} → ${formatBytes(bytesAfter)}.`,
    `Sentence vectors agree with the original's to a cosine of ${leastCosine.toFixed(4)} or better.${loss}`,
  ].join("\n");
}
