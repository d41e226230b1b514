import { choiceOfProfiles, exportToFile, importExport, readExport } from "../../session/export-file.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { writerNamed } from "./writer-named.ts";

/** Answers `exportWriter`, `previewImport` and `importFile`. */
export const exporting: ServerFeature = {
  register(context) {
    answerRequest(context, "exportWriter", ({ writer, file, withText }) => {
      const store = context.host.store();
      return exportToFile(store, writerNamed(store, writer), { file, withText, overwrite: true });
    });
    answerRequest(context, "previewImport", async ({ file }) => {
      const read = await readExport(file, context.places().modelPath);
      const { manifest } = read.archive;
      const store = context.host.storeIfAny();
      const choice = store && choiceOfProfiles(store, read);
      return {
        writer: manifest.writer.name,
        madeMs: manifest.madeMs,
        withText: manifest.withText,
        lessons: read.content.lessons.length,
        profileVersions: read.content.versions.length,
        ...(choice && { choice: { hereMs: choice.here.createdMs, fileMs: choice.file.createdMs } }),
      };
    });
    answerRequest(context, "importFile", async ({ file, profile }) => {
      const read = await readExport(file, context.places().modelPath);
      const imported = await importExport(context.host.store(), read, profile);
      context.readingsChanged();
      context.news.lookSoon();
      return imported;
    });
  },
};
