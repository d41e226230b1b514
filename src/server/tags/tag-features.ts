import { addCodeActions } from "../code-actions.ts";
import type { ServerContext } from "../context.ts";
import type { LearningControl } from "../learning/learning-control.ts";
import type { TaughtTexts } from "../teaching/taught-texts.ts";
import { ComingTags } from "./coming-tags.ts";
import { readTagsAhead } from "./read-tags-ahead.ts";
import { addTagCompletion } from "./tag-completion.ts";
import { TagHabits } from "./tag-habits.ts";
import { TagReadings } from "./tag-readings.ts";
import { addTagSuggestions } from "./tag-suggestions.ts";

/** Everything about tags; the features share what was read. */
export function addTagFeatures(context: ServerContext, learning: LearningControl, texts: TaughtTexts): void {
  const readings = new TagReadings(context, texts);
  const coming = new ComingTags(context, learning);
  addTagCompletion(context, readings, coming);
  const habits = new TagHabits(context);
  addTagSuggestions(context, readings, coming, habits);
  addCodeActions(context, readings, habits);
  readTagsAhead(context, readings);
}
