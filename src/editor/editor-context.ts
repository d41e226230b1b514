import type * as vscode from "vscode";
import type { DocumentReadings } from "./document-readings.ts";
import type { LearningState } from "./learning-state.ts";
import type { LessonItem } from "./lesson-item.ts";
import type { ReportPanel } from "./report-panel.ts";
import type { SelectionHover } from "./selection-hover.ts";
import type { ServerLink } from "./server-link.ts";
import type { TonePanel } from "./tone-panel.ts";

/** What every command and surface gets. */
export interface EditorContext {
  readonly log: vscode.LogOutputChannel;
  readonly server: ServerLink;
  readonly learning: LearningState;
  readonly readings: DocumentReadings;
  readonly lessonItem: LessonItem;
  readonly selectionHover: SelectionHover;
  readonly tonePanel: TonePanel;
  readonly reportPanel: ReportPanel;
}
