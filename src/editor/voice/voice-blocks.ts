import { basename } from "node:path";
import type { ReportBlock } from "../../protocol/pages.ts";
import type { VoiceParagraphReading, VoiceReading } from "../../protocol/voice.ts";
import { describeVoice } from "../../words/describe-voice.ts";
import type { Translate } from "../../words/translate.ts";
import { markedParts } from "./marked-parts.ts";

/** Command of the button that shows a paragraph in the editor: this, and the paragraph's number. */
export const showParagraph = "showParagraph:";

const shownCharacters = 160;

/** What the panel shows of a document's voice, paragraph by paragraph. */
export function voiceBlocks(title: string, reading: VoiceReading, t: Translate): readonly ReportBlock[] {
  const head: ReportBlock = { kind: "title", text: t("Does {0} sound like you?", title) };
  if (reading.kind === "closed") {
    return [head, { kind: "text", text: t("Nothing is said: {0}.", reading.reason) }];
  }
  const note = t(
    "A score compares a text with how you usually write. It does not tell who wrote it, or whether it is good.",
  );
  return [
    head,
    { kind: "quiet", text: note },
    ...reading.paragraphs.flatMap((paragraph, at) => paragraphBlocks(paragraph, at, t)),
  ];
}

function paragraphBlocks(
  { range, text, lower, turns, near }: VoiceParagraphReading,
  at: number,
  t: Translate,
): readonly ReportBlock[] {
  const score = describeVoice(lower, t);
  const unlike = turns.map((turn) => `“${turn.text}”`).join(", ");
  return [
    { kind: "heading", text: t("Line {0}: {1}", range.start.line + 1, score) },
    {
      kind: "marked",
      parts: markedParts(
        text,
        turns.map((turn) => turn.text),
      ),
    },
    ...(unlike === "" ? [] : [{ kind: "text", text: t("Least like you: {0}", unlike) } as const]),
    ...near.map((passage): ReportBlock => {
      const told = t("You wrote: “{0}” ({1})", shortened(passage.text), basename(passage.path));
      return { kind: "quiet", text: told };
    }),
    { kind: "buttons", buttons: [{ text: t("Show in Editor"), command: `${showParagraph}${at}` }] },
  ];
}

/** Enough of a passage to know it again; whole ones would hide the paragraphs that they stand beside. */
function shortened(text: string): string {
  if (text.length <= shownCharacters) return text;
  const cut = text.slice(0, shownCharacters + 1);
  return `${cut.replace(/\s+\S*$/, "").slice(0, shownCharacters)} …`;
}
