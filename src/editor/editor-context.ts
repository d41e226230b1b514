import type * as vscode from "vscode";
import type { ServerLink } from "./client/server-link.ts";
import type { LearningState } from "./learning/learning-state.ts";
import type { ReportPanel } from "./report/report-panel.ts";
import type { RoundPanel } from "./teaching/round-panel.ts";
import type { UndoItem } from "./teaching/undo-item.ts";
import type { DocumentReadings } from "./tone/document-readings.ts";
import type { SelectionHover } from "./tone/selection-hover.ts";
import type { TonePanel } from "./tone/tone-panel.ts";
import type { VoicePanel } from "./voice/voice-panel.ts";

/** What every command and surface gets. */
export interface EditorContext {
  readonly extension: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: ServerLink;
  readonly learning: LearningState;
  readonly readings: DocumentReadings;
  readonly undoItem: UndoItem;
  readonly selectionHover: SelectionHover;
  readonly tonePanel: TonePanel;
  readonly reportPanel: ReportPanel;
  readonly voicePanel: VoicePanel;
  readonly roundPanel: RoundPanel;
}
