import { addCodeActions } from "../code-actions.ts";
import type { ServerContext } from "../context.ts";
import type { LearnerSupervisor } from "../learning/learner-supervisor.ts";
import type { TaughtTexts } from "../teaching/taught-texts.ts";
import { FirstTags } from "./first-tags.ts";
import { readTagsAhead } from "./read-tags-ahead.ts";
import { addTagCompletion } from "./tag-completion.ts";
import { TagHabits } from "./tag-habits.ts";
import { TagReadings } from "./tag-readings.ts";
import { addTagSuggestions } from "./tag-suggestions.ts";

/** Everything about tags; the features share what was read. */
export function addTagFeatures(
  context: ServerContext,
  learning: LearnerSupervisor,
  texts: TaughtTexts,
): void {
  const readings = new TagReadings(context, texts);
  const firstTags = new FirstTags(context, learning);
  addTagCompletion(context, readings, firstTags);
  const habits = new TagHabits(context);
  addTagSuggestions(context, readings, firstTags, habits);
  addCodeActions(context, readings, habits);
  readTagsAhead(context, readings);
}
