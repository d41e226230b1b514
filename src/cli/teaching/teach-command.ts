import { basename } from "node:path";
import type { Command } from "commander";
import { keepToneGate } from "../../profile/versions.ts";
import { QuestionRound, type RoundState } from "../../readings/tone/question-round.ts";
import { ToneReader } from "../../readings/tone/tone-reader.ts";
import type { Store } from "../../store/store.ts";
import { describeTally, valenceOfKey } from "../../words/describe-round.ts";
import { formatPlural } from "../../words/format.ts";
import { untranslated } from "../../words/translate.ts";
import { chooseWriter } from "../choose-writer.ts";
import { addCommonOptions, type CommonOptions } from "../common-options.ts";
import { withReadingSession } from "../open-session.ts";
import type { CommandSurroundings, Surroundings } from "../surroundings.ts";

type TeachOptions = CommonOptions<"store" | "writer" | "model">;

const keys =
  "1 very negative, 2 negative, 3 neutral, 4 positive, 5 very positive, 0 no tone; s skip, b back, q end";

/** `idiolect teach`: a round of questions, answered line by line, also by a pipe. */
export function addTeachCommand(program: Command, surroundings: CommandSurroundings): void {
  const command = program
    .command("teach")
    .description("a round of 12 questions: say how you mean sentences of yours; ends at any of them");
  addCommonOptions(command, "store", "writer", "model").action(async (options: TeachOptions) => {
    const terminal = surroundings(options);
    const tell = options.json ? terminal.note : terminal.out;
    const answer = await withReadingSession(
      options,
      terminal,
      async ({ store, reader, encoder, profileOf }) => {
        const writer = chooseWriter(store, options.writer);
        const open = () =>
          ToneReader.open({ encoder, reader }, { store, id: writer.id, state: profileOf(writer) });
        const round = await QuestionRound.open({
          store,
          writerId: writer.id,
          tone: await open(),
          modelId: reader.id,
        });
        await ask(round, store, terminal, tell);
        const { gate } = await open();
        keepToneGate(store, writer.id, gate);
        return { writer: writer.name, ...round.state.tally, gate: { open: gate.open, reason: gate.reason } };
      },
    );
    terminal.out(
      options.json
        ? JSON.stringify({ version: 1, ...answer })
        : `\n${formatPlural(answer.answered, "answer")} kept. ${answer.gate.reason}`,
    );
  });
}

/** Asks until the round, the writer or the input is at its end. */
async function ask(
  round: QuestionRound,
  store: Store,
  { askedLines }: Surroundings,
  tell: (line: string) => void,
): Promise<void> {
  if (round.state.question === undefined) {
    tell("There is no sentence of yours left to ask about. Learn more documents first.");
    return;
  }
  tell(`How do you mean this? ${keys}.`);
  show(round.state, tell);
  for await (const line of askedLines()) {
    const key = line.trim().toLowerCase();
    if (key === "q") return;
    if (key === "s") round.skip();
    else if (key === "b") round.back(store);
    else {
      const valence = valenceOfKey(key);
      if (valence === undefined) {
        tell(`'${key.slice(0, 20)}' is none of the keys: ${keys}.`);
        continue;
      }
      round.answer(store, valence);
    }
    if (round.state.question === undefined) break;
    show(round.state, tell);
  }
  const told = describeTally(round.state.tally, untranslated);
  if (told !== undefined) tell(`\n${told}`);
}

function show({ question, asked, of, tally }: RoundState, tell: (line: string) => void): void {
  if (question === undefined) return;
  const told = describeTally(tally, untranslated);
  tell(
    `\n${asked + 1} of ${of} · ${question.title ?? basename(question.path)}${told === undefined ? "" : ` · ${told}`}`,
  );
  tell(`  ${question.sentence}`);
}
