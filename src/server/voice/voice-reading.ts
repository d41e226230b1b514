import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";

/** Answers `readVoice`. */
export const voiceReading: ServerFeature = {
  register(context, { voiceReadings }) {
    answerRequest(context, "readVoice", ({ uri, range }, token) => voiceReadings.read(uri, range, token));
  },
};
