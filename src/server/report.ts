import { reportShape } from "../profile/report.ts";
import { canGoBackTo } from "../profile/versions.ts";
import type { WriterReport } from "../protocol/writer-report.ts";
import { toneAnswers } from "../readings/tone/tone-corrections.ts";
import { writerWriting } from "../readings/voice/writer-writing.ts";
import { wordPassages } from "../readings/words/word-passages.ts";
import { openOthersWriting } from "../session/voice-background.ts";
import { inventoryFor } from "../store/inventory.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { say, sayReason } from "../words/say.ts";
import type { ServerFeature } from "./feature.ts";
import { t } from "./language.ts";
import { summarise } from "./learning/learning-status.ts";
import { answerRequest } from "./requests.ts";
import { sayStored } from "./say-told.ts";
import type { Breathe } from "./turns/turns.ts";

/** Answers `report`: of one writer, or of all. */
export const report: ServerFeature = {
  register(context) {
    answerRequest(context, "report", async ({ writer }, token) => {
      const store = context.host.storeIfAny();
      if (store === undefined) return [];
      const writers = store.writers.list().filter(({ name }) => writer === undefined || name === writer);
      const others = openOthersWriting();
      return context.work("command", token, async (breathe) => {
        const reports: WriterReport[] = [];
        for (const one of writers) {
          const writing = await writerWriting(store, one.id, others, breathe);
          const ownWords = await ownWordsOf(store, one, breathe);
          reports.push({ ...reportOf(store, one, writing), ...(ownWords && { ownWords }) });
        }
        return reports;
      });
    });
  },
};

const shownOwnWords = 12;

/** Those of the version in use, each with a passage. */
async function ownWordsOf(
  store: Store,
  { id }: Writer,
  breathe: Breathe,
): Promise<WriterReport["ownWords"] | undefined> {
  const active = store.profileVersions.active(id);
  const found = active && reportShape.parse(active.report).ownWords;
  if (found === undefined) return undefined;
  const words: NonNullable<WriterReport["ownWords"]>["words"][number][] = [];
  for (const { word, uses, documents } of found.words.slice(0, shownOwnWords)) {
    const [passage] = await wordPassages(store, id, word, { limit: 1, breathe });
    words.push({
      word,
      uses,
      documents,
      ...(passage && { passage: { text: passage.text, path: passage.path } }),
    });
  }
  return { words };
}

function reportOf(store: Store, writer: Writer, writing: WriterReport["writing"]): WriterReport {
  const versions = store.profileVersions.list(writer.id);
  const active = versions.find(({ isActive }) => isActive);
  return {
    writer: summarise(store, writer),
    profileVersions: versions.map((version) => ({
      id: version.id,
      createdMs: version.createdMs,
      isActive: version.isActive,
      canBeUsed: canGoBackTo(version, active),
    })),
    ...(active === undefined ? { maskingCurve: [], heldOut: {}, signs: [] } : learnedOf(active.report)),
    corrections: store.corrections.current(writer.id).length,
    toneAnswers: toneAnswers(store, writer.id),
    writing,
    stored: sayStored(inventoryFor(store, writer)),
  };
}

/** The editor shows what the profile in use was measured on; an early one was not measured yet. */
function learnedOf(
  made: unknown,
): Pick<WriterReport, "corpus" | "maskingCurve" | "heldOut" | "learned" | "signs" | "drift"> {
  const { corpus, curves, heldOut, learned, isEarly, signs = [], drift } = reportShape.parse(made);
  const { masking, tags, tone } = heldOut;
  const { steps, seconds, peakMemoryBytes, paddingShare } = learned;
  return {
    corpus,
    maskingCurve: curves.masking.map(({ epoch, step, trainLoss, heldOut: figures }) => ({
      epoch,
      step,
      trainLoss,
      heldOutLoss: figures?.loss,
    })),
    heldOut: {
      ...(masking === undefined ? {} : { masking }),
      ...(tags === undefined ? {} : { tags: { documents: tags.documents, ...tags.known } }),
      ...(tone === undefined ? {} : { tone }),
    },
    signs: signs.map(({ said, ...sign }) =>
      said === undefined
        ? { message: sign.message, advice: sign.advice }
        : { message: say(said.message, t), advice: say(said.advice, t) },
    ),
    ...(drift === undefined ? {} : { drift: { hasDrifted: drift.hasDrifted, reason: sayReason(drift, t) } }),
    ...(isEarly === true ? {} : { learned: { steps, seconds, peakMemoryBytes, paddingShare } }),
  };
}
