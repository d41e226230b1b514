import { basename } from "node:path";
import type { RoundOfQuestions } from "../../protocol/lessons.ts";
import type { RoundPage } from "../../protocol/pages.ts";
import { describeTally } from "../../words/describe-round.ts";
import { asSentence } from "../../words/format.ts";
import { plural, type Translate } from "../../words/translate.ts";

/** What the page of a round shows. */
export function roundPage({ question, asked, of, tally, gate }: RoundOfQuestions, t: Translate): RoundPage {
  const told = describeTally(tally, t);
  return {
    title: t("A Round of Questions"),
    progress:
      question === undefined
        ? plural(
            t,
            tally.answered,
            "That was all for now: {0} answer is kept.",
            "That was all for now: {0} answers are kept.",
          )
        : t("Question {0} of {1}", asked + 1, of),
    ...(question === undefined
      ? {}
      : {
          question: {
            sentence: question.sentence,
            from: t("from “{0}”", question.title ?? basename(question.path)),
          },
        }),
    canGoBack: asked > 0,
    ...(told === undefined ? {} : { tally: told }),
    note: asSentence(gate.reason),
    texts: {
      ask: t("How do you mean this sentence?"),
      answers: [
        { key: "1", text: t("Very negative"), valence: -1 },
        { key: "2", text: t("Negative"), valence: -0.5 },
        { key: "3", text: t("Neutral"), valence: 0 },
        { key: "4", text: t("Positive"), valence: 0.5 },
        { key: "5", text: t("Very positive"), valence: 1 },
        { key: "0", text: t("No tone"), valence: 0 },
      ],
      skip: t("Skip"),
      back: t("Back"),
      end: t("End for Today"),
      again: t("Another Round"),
      help: t(
        "Keys: 1 to 5, 0 for no tone, S to skip, Backspace to go back, Escape to end. Each answer is kept at once; you can end at any of them.",
      ),
    },
  };
}
