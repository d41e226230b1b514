import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { t } from "./t.ts";

/** Where bundled pages lie, and the only place that they may load from. */
function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

export type PanelKind = "tone" | "report" | "voice" | "round";

interface WebviewPanelParts<FromPage> {
  readonly extensionUri: vscode.Uri;
  readonly kind: PanelKind;
  readonly title: string;
  readonly column: Parameters<typeof vscode.window.createWebviewPanel>[2];
  /** Hears what the page says. */
  readonly take: (message: FromPage) => void;
  readonly closed: () => void;
}

/** A voice is told in the blocks of a report. */
const pages = {
  tone: "tone-view",
  report: "report-view",
  voice: "report-view",
  round: "round-view",
} as const satisfies Record<PanelKind, string>;

/** Opens a panel with its page. */
export function openWebviewPage<FromPage>(parts: WebviewPanelParts<FromPage>): vscode.WebviewPanel {
  const { extensionUri, kind, title, column } = parts;
  const panel = vscode.window.createWebviewPanel(`idiolect.${kind}`, title, column, {
    enableScripts: true,
    localResourceRoots: [webviewRoot(extensionUri)],
  });
  panel.webview.onDidReceiveMessage(parts.take);
  panel.onDidDispose(parts.closed);
  panel.webview.html = webviewPage(panel.webview, extensionUri, pages[kind]);
  return panel;
}

/**
 * The page of a panel: one script and one style sheet of ours, and nothing else is loaded, run or sent for.
 * What it shows comes by message and is put in as text.
 */
function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: "tone-view" | "report-view" | "round-view",
): string {
  const address = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extensionUri), file)).toString();
  const nonce = randomBytes(16).toString("base64url");
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${t.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address(`${name}.css`)}">
<title>Idiolect</title>
</head>
<body>
<main></main>
<script nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}
