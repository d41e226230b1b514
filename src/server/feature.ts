import type { ServerCapabilities } from "vscode-languageserver/node";
import type { ClientAbilities } from "./client-abilities.ts";
import type { ServerContext } from "./context.ts";
import { LearnerSupervisor } from "./learning/learner-supervisor.ts";
import { ClosedLists } from "./tags/closed-lists.ts";
import { FirstTags } from "./tags/first-tags.ts";
import { TagHabits } from "./tags/tag-habits.ts";
import { TagReadings } from "./tags/tag-readings.ts";
import { TaughtTexts } from "./teaching/taught-texts.ts";
import { ToneReadings } from "./tone/tone-readings.ts";
import { ToneReasons } from "./tone/tone-reasons.ts";
import { VoiceReadings } from "./voice/voice-readings.ts";
import { WordReadings } from "./words/word-readings.ts";

/** One feature of the language server. It is started once it stands in the list in `server.ts`. */
export interface ServerFeature {
  /** What the answer to `initialize` says of it; absent where there is nothing to say. */
  readonly capabilities?: (client: ClientAbilities) => ServerCapabilities;
  /** Registers the feature's handlers on the connection, and no others. */
  readonly register: (context: ServerContext, shared: SharedParts) => void;
}

/** What several features work with. */
export interface SharedParts {
  readonly toneReadings: ToneReadings;
  readonly toneReasons: ToneReasons;
  readonly taughtTexts: TaughtTexts;
  readonly learning: LearnerSupervisor;
  readonly closedLists: ClosedLists;
  readonly tagReadings: TagReadings;
  readonly tagHabits: TagHabits;
  readonly firstTags: FirstTags;
  readonly voiceReadings: VoiceReadings;
  readonly wordReadings: WordReadings;
}

export function sharedParts(context: ServerContext): SharedParts {
  const toneReadings = new ToneReadings(context);
  const taughtTexts = new TaughtTexts(context.documents);
  const closedLists = new ClosedLists(context);
  const learning = new LearnerSupervisor(context);
  return {
    toneReadings,
    toneReasons: new ToneReasons(context, toneReadings),
    taughtTexts,
    learning,
    closedLists,
    tagReadings: new TagReadings(context, taughtTexts, closedLists),
    tagHabits: new TagHabits(context),
    firstTags: new FirstTags(context, learning),
    voiceReadings: new VoiceReadings(context),
    wordReadings: new WordReadings(context),
  };
}
