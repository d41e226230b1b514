import * as vscode from "vscode";
import type { Teaching } from "../../protocol/lessons.ts";
import type { Range, UnreadSentence } from "../../protocol/readings.ts";
import { requests } from "../../protocol/requests.ts";
import { describeNotRead } from "../../words/describe-languages.ts";
import { requireProse } from "../client/prose.ts";
import { toEditorRange } from "../client/ranges.ts";
import type { EditorContext } from "../editor-context.ts";
import { NothingOpenError } from "../errors.ts";
import { safeText } from "../messages/safe-text.ts";
import { t } from "../messages/t.ts";
import { toneChoices } from "./lesson-items.ts";

/** Teaches what a hover names, or, from the palette, how the sentence at the cursor is meant. */
export async function teach(context: EditorContext, argument: unknown): Promise<void> {
  const teaching = teachingArgument(argument) ?? (await askForTone(context));
  if (teaching !== undefined) {
    const taught = await context.server.send(requests.teach, teaching);
    // A hover that is open still says what was read before.
    await vscode.commands.executeCommand("editor.action.hideHover").then(undefined, () => undefined);
    context.undoItem.show(describeLesson(teaching), taught);
  }
}

/** Takes a lesson back; called by the item that confirmed it. */
export async function withdraw({ server, undoItem }: EditorContext, id: unknown): Promise<void> {
  if (typeof id === "string") {
    await server.send(requests.withdraw, { id });
    undoItem.hide();
  }
}

/** Undefined where the writer leaves the list. */
async function askForTone({ server }: EditorContext): Promise<Teaching | undefined> {
  const { document, selection } = requireProse();
  const uri = document.uri.toString();
  const { sentences, notRead } = await server.send(requests.readDocument, { uri });
  const unread = notRead.filter(({ range }) => toEditorRange(range).contains(selection.active));
  if (unread.length > 0) {
    throw new NothingOpenError(
      vscode.l10n.t("This sentence is {0}: its tone is not read.", notReadWords(unread)),
      vscode.l10n.t(
        "If it is in a language that you want read, add it to the setting idiolect.corpus.languages.",
      ),
    );
  }
  const sentence = sentences.find(({ range }) => toEditorRange(range).contains(selection.active));
  if (sentence === undefined) {
    throw new NothingOpenError(
      vscode.l10n.t("There is no sentence of yours at the cursor."),
      vscode.l10n.t("Put the cursor into a sentence that is not code, a quotation or front matter."),
    );
  }
  const picked = await vscode.window.showQuickPick(toneChoices(t), {
    title: vscode.l10n.t("How do you mean this sentence?"),
    placeHolder: safeText(sentence.plain, 90),
  });
  return picked && { kind: "tone", uri, range: sentence.range, valence: picked.valence };
}

const notReadWords = (sentences: readonly UnreadSentence[]): string =>
  describeNotRead(
    sentences.map(({ language }) => language),
    t,
  );

function describeLesson(teaching: Teaching): string {
  switch (teaching.kind) {
    case "notThisTag":
      return vscode.l10n.t("Noted: not this tag");
    case "thisTag":
      return vscode.l10n.t("Noted: this tag fits");
    case "tone":
      return describeTone(teaching.valence);
    default:
      return teaching satisfies never;
  }
}

function describeTone(valence: number): string {
  if (valence === 0) {
    return vscode.l10n.t("Noted: neutral for you");
  }
  return valence > 0 ? vscode.l10n.t("Noted: positive for you") : vscode.l10n.t("Noted: negative for you");
}

/** A `Teaching` from a command's argument, which anybody may have made; undefined where it is none. */
export function teachingArgument(value: unknown): Teaching | undefined {
  if (!isObject(value) || typeof value["uri"] !== "string") {
    return undefined;
  }
  const { kind, uri, tag, range, valence } = value;
  if ((kind === "notThisTag" || kind === "thisTag") && typeof tag === "string") {
    return { kind, uri, tag };
  }
  const isValence = typeof valence === "number" && valence >= -1 && valence <= 1;
  return kind === "tone" && isValence && isRange(range) ? { kind, uri, range, valence } : undefined;
}

function isRange(value: unknown): value is Range {
  return isObject(value) && isPosition(value["start"]) && isPosition(value["end"]);
}

function isPosition(value: unknown): boolean {
  return isObject(value) && isCount(value["line"]) && isCount(value["character"]);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
