import { answeringUnasked } from "./errors.ts";
import type { ServerFeature } from "./feature.ts";
import { tagHover } from "./tags/tag-hover.ts";
import { toneHover } from "./tone/tone-hover.ts";

/** Answers hovers: over a tag what is known of it, over a sentence its tone. */
export const hovers: ServerFeature = {
  capabilities: () => ({ hoverProvider: true }),
  register(context, shared) {
    context.connection.onHover((parameters, token) =>
      answeringUnasked(
        context,
        async () =>
          (await tagHover(context, shared, parameters, token)) ??
          (await toneHover(context, shared, parameters, token)),
      ),
    );
  },
};
