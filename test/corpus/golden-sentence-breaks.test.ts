import { describe, expect, it } from "vitest";
import { splitSentences } from "../../src/corpus/sentences.ts";

/**
 * The English golden rules of the Pragmatic Segmenter, which pySBD is measured with (Sadvilkar and Neumann 2020,
 * aclanthology.org/2020.nlposs-1.15), in its order, in sentences of our own.
 */
const rules: readonly (readonly [string, readonly string[]])[] = [
  ["a full stop", ["The tide was out.", "Our boat lay on its side."]],
  ["a question mark", ["Who left the gate open?", "The sheep are gone."]],
  ["an exclamation mark", ["What a day!", "We sat outside until ten."]],
  ["an initial within a name", ["The harbour master is Maud T. Pender."]],
  ["an abbreviation before a number", ["The recipe is on p. 88."]],
  ["an abbreviation in small letters within", ["Have Tom and co. left already?"]],
  ["an abbreviation with a capital within", ["She sold it to Marsh, Lamb & Co. in spring."]],
  ["an abbreviation in small letters at the end", ["Better call Ann and co.", "They have a boat."]],
  ["an abbreviation with a capital at the end", ["We bought it from Marsh & Co.", "It leaks."]],
  ["an abbreviation before a name", ["You can see Mt. Snowdon on clear days."]],
  ["two kinds of 'st.'", ["St. Andrew's Hall is on 3rd st. near the well."]],
  ["an abbreviation before an apostrophe", ["It is Tom Reed Jr.'s old bicycle."]],
  ["an acronym before a small letter", ["We crossed the U.S.A. by train."]],
  ["an acronym at the end", ["My sister works for the U.N.", "What about yours?"]],
  ["an acronym of a country at the end", ["She grew up in the U.K.", "Where are you from?"]],
  ["an acronym before a name", ["He wrote to the U.S. Senate twice."]],
  ["an acronym before a word of the sentence", ["They stayed in the U.K. for a month."]],
  [
    "an hour at the end, and a title after it",
    ["At 7 a.m. Mrs. Lamb opened the shop.", "It closed at 8 p.m.", "Mrs. Lamb went home."],
  ],
  ["a price", ["The lamp cost $12.50 with the shade."]],
  ["a price at the end", ["The lamp cost $12.50.", "I paid it."]],
  ["a sentence in brackets", ["The ferry (It was built in 1931.) still runs on Sundays."]],
  ["an address of mail", ["Write to Maud.Pender@example.org for a key.", "She answers at night."]],
  [
    "an address of a page",
    ["See https://www.example.org/a.b/tide_table.html for the tides.", "It is right."],
  ],
  ["a quotation that goes on", ["He looked up, 'That will do.' he said."]],
  ["a quotation in double marks that goes on", ['He looked up, "That will do." he said.']],
  ["a quotation that ends a sentence", ['He looked up, "That will do."', "He put the brush away."]],
  ["two exclamation marks", ["At last!!", "The post is here."]],
  ["two question marks", ["What??", "Who said so?"]],
  ["an exclamation with a question", ["You did!?", "Tell me more."]],
  ["a question with an exclamation", ["You did?!", "Tell me more."]],
  ["a list with points and brackets, without full stops", ["1.) Fill the kettle", "2.) Light the stove"]],
  ["a list with points and brackets", ["1.) Fill the kettle.", "2.) Light the stove."]],
  ["a list with brackets, without full stops", ["1) Fill the kettle", "2) Light the stove"]],
  ["a list with brackets", ["1) Fill the kettle.", "2) Light the stove."]],
  ["a list with points, without full stops", ["1. Fill the kettle", "2. Light the stove"]],
  ["a list with points", ["1. Fill the kettle.", "2. Light the stove."]],
  ["a list with bullets and numbers", ["• 9. Fill the kettle", "• 10. Light the stove"]],
  ["a list with hyphen bullets and numbers", ["⁃9. Fill the kettle", "⁃10. Light the stove"]],
  ["a list with letters", ["a. Fill the kettle", "b. Light the stove", "c. Wait for the whistle"]],
  ["a number of the kind 'N°.'", ["The chart is listed under N°. 4021.77.310.", "Nobody has asked for it."]],
  ["a name with a mark", ["She sends me Yahoo! links about knitting."]],
  ["'I' at the end, and an initial", ["There were two of us, Sam and I.", "Have you met Edith I. Crane?"]],
  [
    "an ellipsis at the end of a quotation",
    ["She writes that in winter “the road is longer than the day. . . .”"],
  ],
  ["an ellipsis in brackets", ['"The tide [...] waits for no boat [...]" (Crane 12).']],
  [
    "an ellipsis with blanks that ends a sentence",
    ["They looked for the key until it was dark . . . .", "Then they went home."],
  ],
  ["an ellipsis of four points", ["I had hoped so....", "He shut the door."]],
  ["an ellipsis within a sentence", ["I was ... well, the thing is...look . . . I forgot it."]],
  [
    "an ellipsis that opens a sentence",
    ["The custom that was lost . . . was that of ringing at noon.", ". . . The bell was not sold. . . ."],
  ],
];

describe("the golden rules of sentence breaks", () => {
  it.each(rules)("%s", (_rule, sentences) => {
    const text = sentences.join(" ");
    expect(splitSentences(text, "en").map(({ start, end }) => text.slice(start, end))).toEqual(sentences);
  });
});
