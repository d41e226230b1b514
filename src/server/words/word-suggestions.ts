import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";

/** Answers `suggestWords`. */
export const wordSuggestions: ServerFeature = {
  register(context, { wordReadings }) {
    answerRequest(context, "suggestWords", (parameters, token) => wordReadings.suggest(parameters, token));
  },
};
