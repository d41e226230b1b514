import emojiData from "unicode-emoji-json/data-by-emoji.json" with { type: "json" };
import type { EncodedText, SourceSpan, TextPlace, WordTokenizer } from "./encoded-text.ts";

/** A sign in a text, with the words that say it. */
interface NamedSign extends SourceSpan {
  readonly name: string;
}

/** U+FE0F asks for the picture of a sign; skin tones say nothing of its meaning. */
const shades = /[\u{FE0F}\u{1F3FB}-\u{1F3FF}]/gu;
/** CLDR's short names in English, without the punctuation in some of them ('kiss: woman, man'). */
const emojiNames: ReadonlyMap<string, string> = new Map(
  Object.entries(emojiData).map(([sign, { name }]) => [
    sign.replace(shades, ""),
    name.replace(/[^\p{L}\p{N}]+/gu, " ").trim(),
  ]),
);

/**
 * Emoticons, each with the emoji that it stands for. They stand between spaces, or before the mark that ends a
 * sentence: `(see below:)`, `http://` and `8)` are none.
 */
const emoticons: readonly (readonly [pattern: string, emoji: string])[] = [
  [String.raw`[:=]['’]-?\(+`, "😢"],
  [String.raw`>[:=]-?\(+`, "😠"],
  [String.raw`[:=]['’]?-?\)+`, "🙂"],
  ["(?:[:=]-?|x|X)D+", "😃"],
  [String.raw`;-?\)+`, "😉"],
  [String.raw`[:=]-?\(+`, "🙁"],
  ["[:=]-?[pP]", "😛"],
  [String.raw`[:=]-?[/\\]`, "😕"],
  [String.raw`[:=]-?\|`, "😐"],
  [":-?[oO]", "😮"],
  [String.raw`:-?\*`, "😘"],
  ["<3+", "❤️"],
  ["</3", "💔"],
  [String.raw`\^_?\^`, "😊"],
  ["-_+-", "😑"],
  [String.raw`B-\)`, "😎"],
];
const drawn = new RegExp(
  `(?<=^|\\s)(?:${emoticons.map(([pattern]) => `(${pattern})`).join("|")})(?=$|[\\s.,!?)])`,
  "gu",
);
const pictured = /\p{RGI_Emoji}|\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?/gv;
/** A sign of these is a picture by itself, or somebody asked for the picture. */
const isPicture = /^\p{Emoji_Presentation}|\uFE0F/u;
/** Below stand ©, ®, ™ and arrows, which are pictures only where somebody asks for it. */
const firstPictograph = 0x2600;

/**
 * A tokenizer that reads emoji and emoticons as their names, for a model that was trained so: in most vocabularies
 * they have no token. A sign is one word, whatever its name has; so it is hidden and weighed as a whole, and its
 * place in the source is its own.
 */
export function withEmojiNames<T extends WordTokenizer>(tokenizer: T): T {
  return { ...tokenizer, encodeWords: (text, place) => encode(tokenizer, text, place) };
}

function encode(tokenizer: WordTokenizer, text: string, place?: TextPlace): EncodedText {
  const signs = findSigns(text);
  if (signs.length === 0) return tokenizer.encodeWords(text, place);
  const parts: EncodedText[] = [];
  let from = 0;
  const placeAt = (at: number): TextPlace | undefined => (at === 0 ? place : { isContinued: true });
  for (const { start, end, name } of signs) {
    if (start > from) parts.push(moved(tokenizer.encodeWords(text.slice(from, start), placeAt(from)), from));
    parts.push(asOneWord(tokenizer.encodeWords(name, placeAt(start)), { start, end }));
    from = end;
  }
  if (from < text.length) parts.push(moved(tokenizer.encodeWords(text.slice(from), placeAt(from)), from));
  return joined(parts);
}

/** Every sign that has a name, in order. */
function findSigns(text: string): readonly NamedSign[] {
  const pictures = Array.from(text.matchAll(pictured), ({ 0: sign, index }) => ({ sign, index }));
  const drawings = Array.from(text.matchAll(drawn), ({ 0: sign, index, ...groups }) => {
    const kind = emoticons.findIndex((_, at) => groups[at + 1] !== undefined);
    return { sign, index, emoji: emoticons[kind]![1] };
  });
  const named = [
    ...pictures.filter(({ sign }) => isMeantAsPicture(sign)).map((one) => ({ ...one, emoji: one.sign })),
    ...drawings,
  ].flatMap(({ sign, index, emoji }) => {
    const name = emojiNames.get(emoji.replace(shades, ""));
    return name === undefined ? [] : [{ start: index, end: index + sign.length, name }];
  });
  return named.sort((a, b) => a.start - b.start);
}

function isMeantAsPicture(sign: string): boolean {
  return isPicture.test(sign) || sign.codePointAt(0)! >= firstPictograph;
}

function moved({ ids, words, spans }: EncodedText, by: number): EncodedText {
  return { ids, words, spans: spans.map(({ start, end }) => ({ start: start + by, end: end + by })) };
}

function asOneWord({ ids }: EncodedText, span: SourceSpan): EncodedText {
  return { ids, words: ids.map(() => 0), spans: [span] };
}

function joined(parts: readonly EncodedText[]): EncodedText {
  const ids: number[] = [];
  const words: number[] = [];
  const spans: SourceSpan[] = [];
  for (const part of parts) {
    for (const word of part.words) words.push(spans.length + word);
    ids.push(...part.ids);
    spans.push(...part.spans);
  }
  return { ids, words, spans };
}
