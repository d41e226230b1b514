import * as vscode from "vscode";
import type { Range as ServerRange } from "../../protocol/readings.ts";

export function toServerRange({ start, end }: vscode.Range): ServerRange {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

export function toEditorRange({ start, end }: ServerRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
