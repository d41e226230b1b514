import type { ServerContext } from "./context.ts";
import { addTagCodeAction } from "./tag-code-action.ts";
import { addTagCompletion } from "./tag-completion.ts";
import { TagReadings } from "./tag-readings.ts";
import { addTagSuggestions } from "./tag-suggestions.ts";

/** Everything about tags; the features share what was read. */
export function addTagFeatures(context: ServerContext): void {
  const readings = new TagReadings(context);
  addTagCompletion(context, readings);
  addTagSuggestions(context, readings);
  addTagCodeAction(context, readings);
}
