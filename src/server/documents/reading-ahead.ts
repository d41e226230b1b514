import { CancellationTokenSource } from "vscode-languageserver/node";
import { cancelled } from "../errors.ts";
import type { ServerFeature } from "../feature.ts";
import { readWhole } from "./read-around.ts";

/** Takes documents apart when they are opened, in slices that nobody has to wait for. */
export const readingAhead: ServerFeature = {
  register({ documents, work, onShutdown }) {
    const end = new CancellationTokenSource();
    const opened = new Set<string>();
    documents.onChange((uri) => {
      const document = documents.get(uri);
      if (document === undefined || opened.has(uri)) return;
      opened.add(uri);
      const reading = work("background", end.token, (breathe) =>
        readWhole(document, async () => {
          await breathe();
          if (documents.get(uri) !== document) throw cancelled();
        }),
      );
      // Whoever asks for it is told what is wrong with it.
      reading.catch(() => undefined);
    });
    documents.onClose((uri) => opened.delete(uri));
    onShutdown(() => end.cancel());
  },
};
