import * as vscode from "vscode";
import type { DocumentReading } from "../../protocol/readings.ts";
import { describeNotRead } from "../../words/describe-languages.ts";
import { countTones, describeBalance, describeCounts, tonedSentences } from "../../words/describe-tone.ts";
import { formatCount } from "../../words/format.ts";
import { activeProse } from "../client/prose.ts";
import { settingsOf, touches } from "../client/settings.ts";
import { commandNames } from "../command-names.ts";
import { t } from "../messages/t.ts";
import { toneStrip } from "./describe-tone.ts";
import { describeUnreadDocument, describeUnreadPart, languagesOf } from "./describe-unread.ts";
import type { DocumentReadings, ReadingNews } from "./document-readings.ts";

const nothingRead = { document: null, sentences: [], notRead: [] };

/** The tone of the document in front, in the status bar on the right. */
export class ToneItem implements vscode.Disposable {
  readonly #readings: DocumentReadings;
  readonly #item = vscode.window.createStatusBarItem("idiolect.tone", vscode.StatusBarAlignment.Right, 101);
  readonly #listening: vscode.Disposable;
  #document: vscode.TextDocument | undefined;
  #watching: vscode.Disposable | undefined;

  constructor(readings: DocumentReadings) {
    this.#readings = readings;
    this.#item.name = vscode.l10n.t("Idiolect: Tone of the Document");
    this.#item.command = commandNames.readDocument;
    this.#listening = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (touches(change, ["tone.statusBar"])) {
          this.#follow();
        }
      }),
    );
    this.#follow();
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#listening.dispose();
    this.#item.dispose();
  }

  /** Watches the document in front, and nothing where there is none or the setting is off. */
  #follow(): void {
    const document = activeProse()?.document;
    const wanted = document && settingsOf(document).value("tone.statusBar") ? document : undefined;
    if (wanted?.uri.toString() !== this.#document?.uri.toString()) {
      this.#document = wanted;
      this.#watching?.dispose();
      this.#item.hide();
      this.#watching = wanted && this.#readings.watch(wanted, (news) => this.#show(news));
    }
  }

  #show(news: ReadingNews): void {
    const { document, sentences, notRead } = news.kind === "unread" ? nothingRead : news.reading;
    if (news.kind === "unread" || (sentences.length === 0 && notRead.length === 0)) {
      this.#item.hide();
      return;
    }
    if (document === null) {
      this.#item.text = `$(pulse) ${describeNotRead(languagesOf(notRead), t)}`;
      this.#item.tooltip = describeUnreadDocument(notRead, t);
      this.#item.accessibilityInformation = { label: describeUnreadDocument(notRead, t) };
      this.#item.show();
      return;
    }
    const counts = countTones(sentences);
    const share = t("{0} of {1}", formatCount(tonedSentences(counts), t), formatCount(counts.sentences, t));
    this.#item.text = `$(pulse) ${describeBalance(counts, t)} · ${share}`;
    this.#item.tooltip = tooltipOf(news.reading);
    this.#item.accessibilityInformation = {
      label: t("Tone of the document. {0}", describeCounts(counts, t)),
    };
    this.#item.show();
  }
}

/** Markdown of our own words and of blocks alone: nothing of the document is in it. */
function tooltipOf({ sentences, notRead }: DocumentReading): vscode.MarkdownString {
  const personal = sentences.flatMap((sentence) =>
    sentence.personal === null ? [] : [sentence.personal.valence],
  );
  const general = sentences.map((sentence) => sentence.general.valence);
  const strips = [
    ...(personal.length === sentences.length ? [`${toneStrip(personal)}  ${t("as you write")}`] : []),
    `${toneStrip(general)}  ${t("in general")}`,
  ];
  return new vscode.MarkdownString(
    [
      `**${t("Tone of this document")}**`,
      `${describeCounts(countTones(sentences), t)}.`,
      `\`\`\`text\n${strips.join("\n")}\n\`\`\``,
      ...(notRead.length === 0 ? [] : [describeUnreadPart(notRead, t)]),
      t("Click for the course of tone, sentence by sentence."),
    ].join("\n\n"),
  );
}
