import { CancellationTokenSource } from "vscode-languageserver/node";
import { cancelled } from "../errors.ts";
import type { ServerFeature } from "../feature.ts";
import { readWhole } from "./read-around.ts";
import { ReadingProgress } from "./reading-progress.ts";

/** Who takes a document apart for longer shows how far that is. */
const unshownMs = 1_000;

/** Takes documents apart when they are opened, in slices that nobody has to wait for. */
export const readingAhead: ServerFeature = {
  register(context) {
    const { documents, work, onShutdown } = context;
    const end = new CancellationTokenSource();
    const opened = new Set<string>();
    documents.onChange((uri) => {
      const document = documents.get(uri);
      if (document === undefined || opened.has(uri)) return;
      opened.add(uri);
      const progress = new ReadingProgress(context, document);
      const startMs = performance.now();
      const reading = work("background", end.token, (breathe) =>
        readWhole(document, async () => {
          await breathe();
          if (documents.get(uri) !== document) throw cancelled();
          if (performance.now() - startMs > unshownMs) progress.tell(document.live.share);
        }),
      );
      // Whoever asks for it is told what is wrong with it.
      reading.catch(() => undefined).finally(() => progress.end());
    });
    documents.onClose((uri) => opened.delete(uri));
    onShutdown(() => end.cancel());
  },
};
