import { canonicalPathOf } from "../../corpus/files/canonical-path.ts";
import type { RoundOfQuestions } from "../../protocol/lessons.ts";
import { QuestionRound } from "../../readings/tone/question-round.ts";
import type { Writer } from "../../store/repositories/writers.ts";
import type { ServerContext } from "../context.ts";
import { NobodyToAskError, RoundGoneError } from "../errors.ts";
import type { ServerFeature } from "../feature.ts";
import { answerRequest } from "../requests.ts";
import { spokenGate } from "../spoken-gates.ts";

/** Answers `round`: one question after the other; every answer is kept as a lesson at once. */
export const questionRounds: ServerFeature = {
  register(context, { toneReadings }) {
    const rounds = new Map<number, QuestionRound>();
    // A round holds sentences: it ends with its writer, and where settings may have its documents left out.
    context.onReadingsChanged(() => {
      const known = new Set(
        context.host
          .storeIfAny()
          ?.writers.list()
          .map(({ id }) => id),
      );
      for (const id of rounds.keys()) if (!known.has(id)) rounds.delete(id);
    });
    context.onSettingsChanged(() => rounds.clear());
    answerRequest(context, "round", ({ uri, step }, token) =>
      context.host.read("command", token, async (session, breathe): Promise<RoundOfQuestions> => {
        const writer = writerOf(context, uri);
        if (step.kind === "begin") {
          const tone = await toneReadings.openFor(session, writer, breathe);
          const parts = {
            store: session.store,
            writerId: writer.id,
            tone,
            modelId: session.reader.id,
            breathe,
          };
          rounds.set(writer.id, await QuestionRound.open(parts));
        }
        const round = rounds.get(writer.id);
        if (round === undefined) throw new RoundGoneError();
        if (step.kind === "answer") round.answer(session.store, step.valence);
        if (step.kind === "skip") round.skip();
        if (step.kind === "back") round.back(session.store);
        if (step.kind === "answer" || step.kind === "back") context.readingsChanged();
        const { gate } = await toneReadings.openFor(session, writer, breathe);
        return { writer: writer.name, ...round.state, gate: spokenGate(gate) };
      }),
    );
  },
};

/** Who wrote the document that is open, else the only writer there is. Throws NobodyToAskError. */
function writerOf({ host }: ServerContext, uri: string | undefined): Writer {
  const known = host.storeIfAny()?.writers.list() ?? [];
  const writer = uri?.startsWith("file:") === true ? host.writerOf(canonicalPathOf(uri)) : undefined;
  const found = writer ?? (known.length === 1 ? known[0] : undefined);
  if (found === undefined) throw new NobodyToAskError();
  return found;
}
