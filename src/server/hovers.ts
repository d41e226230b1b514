import { answeringUnasked } from "./errors.ts";
import type { ServerFeature } from "./feature.ts";
import { type HoverNote, hoverOf } from "./hover-note.ts";
import { tagHover } from "./tags/tag-hover.ts";
import { toneHover } from "./tone/tone-hover.ts";
import { ownWordHover } from "./words/own-word-hover.ts";

/**
 * Answers hovers: over a tag what is known of it; over a sentence its tone, below what there is to tell of the word in it
 * that is pointed at.
 */
export const hovers: ServerFeature = {
  capabilities: () => ({ hoverProvider: true }),
  register(context, shared) {
    context.connection.onHover((parameters, token) =>
      answeringUnasked(context, async () => {
        const note =
          (await tagHover(context, shared, parameters, token)) ??
          together(
            await ownWordHover(context, parameters, token),
            await toneHover(context, shared, parameters, token),
          );
        return note === undefined ? null : hoverOf(note, context.client());
      }),
    );
  },
};

/** A server has one answer to a hover; it is of the word, so that the next word has one of its own. */
function together(word: HoverNote | undefined, sentence: HoverNote | undefined): HoverNote | undefined {
  if (word === undefined || sentence === undefined) return word ?? sentence;
  return { range: word.range, markdown: `${word.markdown}\n\n---\n\n${sentence.markdown}` };
}
