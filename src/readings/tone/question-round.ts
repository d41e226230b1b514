import { isLanguageRead } from "../../corpus/language-read.ts";
import { countWords } from "../../corpus/parse-document.ts";
import { createRandom } from "../../numbers/random.ts";
import { chosenFor } from "../../profile/chosen-for.ts";
import type { Store } from "../../store/store.ts";
import type { OrdinalScale } from "../../tone/head/ordinal-scale.ts";
import { isRightSide } from "../../tone/labels/labelled-tone.ts";
import { answersOfRound } from "../../tone/proof/tone-gate.ts";
import { writerPosterior } from "../../tone/writer/personal-tone.ts";
import { type Candidate, QuestionChooser } from "../../tone/writer/question-chooser.ts";
import { meantShares, type WriterPosterior } from "../../tone/writer/writer-posterior.ts";
import { noShift } from "../../tone/writer/writer-shift.ts";
import type { ToneReader } from "./tone-reader.ts";

/** A sentence of the writer's own, asked about. */
export interface Question {
  readonly sentence: string;
  readonly path: string;
  readonly title?: string;
}

/** How often readings made before the answer had the side that the answer then said. */
export interface RoundTally {
  readonly answered: number;
  readonly generalRight: number;
  readonly ownRight: number;
}

/** What the writer is asked next, and how it went so far. */
export interface RoundState {
  /** Absent once the round is over. */
  readonly question?: Question;
  /** Questions before this one, skipped ones included, and of how many. */
  readonly asked: number;
  readonly of: number;
  readonly tally: RoundTally;
}

/** The sentences that questions are chosen from: enough for a choice, and read within seconds. */
const [mostCandidates, mostOfDocument, mostDocuments] = [240, 4, 120];
/** Shorter sentences mean little by themselves, longer ones are several. */
const [fewestWords, mostWords] = [5, 40];

interface Written extends Question {
  readonly candidate: Candidate;
}

interface Step {
  readonly about: Written;
  /** Before the answer. */
  readonly posterior: WriterPosterior;
  /** Absent where it was skipped. */
  readonly answer?: { readonly lessonId: string; readonly generalRight: boolean; readonly ownRight: boolean };
}

export interface RoundParts {
  readonly store: Store;
  readonly writerId: number;
  /** Of the same writer. */
  readonly tone: ToneReader;
  /** Names the general reading. */
  readonly modelId: string;
  readonly breathe?: () => Promise<void>;
}

/**
 * A round of questions about a writer's own sentences: one at a time, chosen anew after each answer. Every answer is a
 * lesson at once, so a round may end at any of them and go on another day; a sentence that was answered is not asked again.
 */
export class QuestionRound {
  readonly #parts: RoundParts;
  readonly #scale: OrdinalScale;
  readonly #written: ReadonlyMap<Candidate, Written>;
  readonly #chooser: QuestionChooser;
  #steps: readonly Step[] = [];
  #posterior: WriterPosterior;
  #question: Written | undefined;

  private constructor(parts: RoundParts, written: readonly Written[]) {
    const { labels, scale } = parts.tone;
    this.#parts = parts;
    this.#scale = scale;
    this.#written = new Map(written.map((one) => [one.candidate, one]));
    this.#chooser = new QuestionChooser([...this.#written.keys()], scale);
    this.#posterior = writerPosterior(labels, "sentence", scale);
    this.#question = this.#next();
  }

  /** Reads sentences to choose from; between runs of the model it waits for `breathe`, which may throw to cancel. */
  static async open(parts: RoundParts): Promise<QuestionRound> {
    const { tone, breathe } = parts;
    const sentences = sentencesOf(parts);
    const read = await tone.encode(
      sentences.map(({ sentence }) => sentence),
      breathe,
    );
    const written = sentences.map((one, at) => ({ ...one, candidate: { ...read[at]!, document: one.path } }));
    const distinct = new Map(written.map((one) => [one.candidate.key, one]));
    return new QuestionRound(
      parts,
      [...distinct.values()].filter(({ candidate }) => !tone.isTaught(candidate)),
    );
  }

  get state(): RoundState {
    const answers = this.#steps.flatMap(({ answer }) => answer ?? []);
    const { path, title, sentence } = this.#question ?? {};
    return {
      ...(sentence === undefined
        ? {}
        : { question: { sentence, path: path!, ...(title === undefined ? {} : { title }) } }),
      asked: this.#steps.length,
      of: answersOfRound,
      tally: {
        answered: answers.length,
        generalRight: answers.filter(({ generalRight }) => generalRight).length,
        ownRight: answers.filter(({ ownRight }) => ownRight).length,
      },
    };
  }

  /** Keeps the answer to the present question as a lesson. @param valence −1 to 1 */
  answer(store: Store, valence: number): void {
    const about = this.#question;
    if (about === undefined) return;
    const { writerId, modelId } = this.#parts;
    const { candidate, sentence, path } = about;
    const target = { kind: "valence", valence } as const;
    const isRight = (shift: typeof noShift): boolean =>
      isRightSide(target, meantShares(candidate, shift, this.#scale));
    const lesson = {
      kind: "tone",
      textHash: candidate.key,
      documentPath: path,
      sentence,
      valence,
      asked: true,
    } as const;
    const maker = { modelId, profileVersion: undefined };
    const { id } = store.corrections.add(writerId, lesson, { maker, values: candidate.vector });
    const [generalRight, ownRight] = [isRight(noShift), isRight(this.#posterior.shift)];
    this.#go(
      { lessonId: id, generalRight, ownRight },
      this.#posterior.after({ ...candidate, target, weight: 1 }),
    );
  }

  skip(): void {
    if (this.#question !== undefined) this.#go(undefined, this.#posterior);
  }

  /** Asks the question before again, and takes its answer back. */
  back(store: Store): void {
    const last = this.#steps.at(-1);
    if (last === undefined) return;
    if (last.answer !== undefined) store.corrections.withdraw(last.answer.lessonId);
    this.#steps = this.#steps.slice(0, -1);
    this.#posterior = last.posterior;
    this.#question = last.about;
  }

  #go(answer: Step["answer"], posterior: WriterPosterior): void {
    const step = { about: this.#question!, posterior: this.#posterior };
    this.#steps = [...this.#steps, answer === undefined ? step : { ...step, answer }];
    this.#posterior = posterior;
    this.#question = this.#next();
  }

  #next(): Written | undefined {
    if (this.#steps.length >= answersOfRound) return undefined;
    const asked = this.#steps.map(({ about }) => about.candidate);
    const next = this.#chooser.next(asked, this.#posterior);
    return next && this.#written.get(next);
  }
}

/** A sample of the newest documents' sentences; the same for the same documents. */
function sentencesOf({ store, writerId }: RoundParts): readonly Question[] {
  const chosen = store.writers.chosenFiles(writerId);
  const random = createRandom("round of questions");
  return store.documents
    .list(writerId)
    .slice(-mostDocuments)
    .flatMap(({ id, path, title, language: usual }) => {
      const { languages } = chosenFor(chosen, path);
      const own = store.documents.sentences(id).filter(({ text, language = usual }) => {
        const words = countWords(text);
        return words >= fewestWords && words <= mostWords && isLanguageRead(language, languages);
      });
      return random
        .fork(path)
        .shuffle([...own])
        .slice(0, mostOfDocument)
        .map(({ text }) => ({ sentence: text, path, ...(title === undefined ? {} : { title }) }));
    })
    .slice(-mostCandidates);
}
