import type { Random } from "../numbers/random.ts";
import type { PretrainedModel } from "../plm/pretrained-model.ts";
import { noWord, type Passage, packPassages, type TokenisedSentence } from "./passages.ts";

/** So many passages stand for a document among its neighbours: title, lead and about its first thousand words. */
const passagesForVectors = 10;

/** Longest passage in tokens; a passage of this length is about a paragraph. */
const maximumTokens = 128;

/** A run of whole sentences: their places in the document, half-open, and its length without special tokens. */
export interface SentenceRange {
  readonly firstSentence: number;
  readonly endSentence: number;
  readonly tokens: number;
}

/** A document cut for the model. */
export interface CutDocument {
  readonly passages: readonly Passage[];
  /** The same passages as ranges of sentences. */
  readonly records: readonly SentenceRange[];
}

/** Tokenises a document's sentences and packs them into passages. `key` names the document in each passage. */
export function cutDocument(model: PretrainedModel, key: string, sentences: readonly string[]): CutDocument {
  const tokenised = sentences.map((text, at) => model.tokenizer.encodeWords(text, { isContinued: at > 0 }));
  const passages = packPassages(tokenised, { ...packing(model), document: key });
  return { passages, records: sentenceRanges(passages, tokenised) };
}

/** Title and first sentences in one passage, where a document says what it is about. */
export function titleAndLead(
  model: PretrainedModel,
  title: string | undefined,
  sentences: readonly string[],
): Passage {
  const lead: TokenisedSentence[] = [];
  let tokens = 0;
  for (const text of title === undefined ? sentences : [title, ...sentences]) {
    if (tokens >= maximumTokens) {
      break;
    }
    const tokenised = model.tokenizer.encodeWords(text, { isContinued: lead.length > 0 });
    lead.push(tokenised);
    tokens += tokenised.ids.length;
  }
  const [first] = packPassages(lead, packing(model));
  return first ?? emptyPassage(model);
}

/** One sentence as the model reads it. One that is too long for the model is read in its parts. */
export function cutSentence(model: PretrainedModel, text: string): readonly Passage[] {
  return packPassages([model.tokenizer.encodeWords(text)], packing(model));
}

/** What a text without a single known token is read as. */
function emptyPassage(model: PretrainedModel): Passage {
  const { clsId, sepId } = packing(model);
  return { ids: Int32Array.of(clsId, sepId), words: Uint16Array.of(noWord, noWord) };
}

/** The texts whose vectors stand for a document where tags are suggested, title and lead first. */
export function textsForVectors(lead: Passage, passages: readonly Passage[]): readonly Passage[] {
  return [lead, ...passages.slice(0, passagesForVectors)];
}

function packing({ tokenizer, config }: PretrainedModel) {
  const { cls, sep } = tokenizer.specialIds;
  return { clsId: cls, sepId: sep, maximumTokens: Math.min(maximumTokens, config.max_position_embeddings) };
}

/** Passages follow each other without a gap, so token counts alone say which sentences each one touches. */
function sentenceRanges(
  passages: readonly Passage[],
  sentences: readonly TokenisedSentence[],
): readonly SentenceRange[] {
  const ends: number[] = [];
  for (const { ids } of sentences) {
    ends.push((ends.at(-1) ?? 0) + ids.length);
  }
  let start = 0;
  return passages.map(({ ids }) => {
    const tokens = ids.length - 2;
    const firstSentence = ends.findIndex((end) => end > start);
    const endSentence = ends.findIndex((end) => end >= start + tokens) + 1;
    start += tokens;
    return { firstSentence, endSentence, tokens };
  });
}

/**
 * At most `limit` passages, drawn in turn from every document so that long ones do not crowd out short
 * ones. The order of the documents is kept.
 */
export function drawEvenly(
  documents: readonly (readonly Passage[])[],
  limit: number,
  random: Random,
): readonly Passage[] {
  const rows = documents.map((passages, row) => random.fork(row).shuffle(passages.map((_, at) => at)));
  const drawn = documents.map(() => new Set<number>());
  let left = limit;
  for (let turn = 0; left > 0 && rows.some((row) => row.length > turn); turn++) {
    for (const row of random.fork(`turn ${turn}`).shuffle(rows.map((_, at) => at))) {
      const at = rows[row]![turn];
      if (at !== undefined && left > 0) {
        drawn[row]!.add(at);
        left--;
      }
    }
  }
  return documents.flatMap((passages, row) => passages.filter((_, at) => drawn[row]!.has(at)));
}
