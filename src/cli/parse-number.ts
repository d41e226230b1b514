import { InvalidArgumentError } from "commander";

/** A number that is as wanted. Throws InvalidArgumentError, which says what is. */
function parse(text: string, isRight: (number: number) => boolean, wanted: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number) || !isRight(number)) {
    throw new InvalidArgumentError(`${wanted} is needed.`);
  }
  return number;
}

const mostThresholds = 4;

/** One to four numbers in rising order, with commas between them. */
export function parseThresholds(text: string): readonly number[] {
  const wanted = `A number, or up to ${mostThresholds} rising ones with commas between them,`;
  const numbers = text.split(",").map((part) => parse(part, () => true, wanted));
  const isRising = numbers.every((number, at) => at === 0 || number > numbers[at - 1]!);
  if (!isRising || numbers.length > mostThresholds) throw new InvalidArgumentError(`${wanted} is needed.`);
  return numbers;
}

/** A whole number from 0 on. */
export const parseCount = (text: string): number =>
  parse(text, (n) => Number.isSafeInteger(n) && n >= 0, "A whole number from 0 on");

/** A number within the bounds of a setting. */
export const parseNumberWithin =
  ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  (text: string): number =>
    parse(text, (n) => n >= minimum && n <= maximum, `A number from ${minimum} to ${maximum}`);

const mostVectors = 1024;

/** A whole number from 1 on, small enough that a slip of the finger is not taken for a wish. */
export const parseSize = (text: string): number =>
  parse(
    text,
    (n) => Number.isSafeInteger(n) && n >= 1 && n <= mostVectors,
    `A whole number from 1 to ${mostVectors}`,
  );

/** A whole number from 1 on. */
export const parseAmount = (text: string): number =>
  parse(text, (n) => Number.isSafeInteger(n) && n >= 1, "A whole number from 1 on");

/** From 0 to 1, both of them included. */
export const parseStrength = (text: string): number =>
  parse(text, (share) => share >= 0 && share <= 1, "A number from 0 to 1");

export const parseDropout = (text: string): number =>
  parse(text, (share) => share >= 0 && share < 1, "A number from 0 on, below 1");

/** Between 0 and 1, neither of them included. */
export const parseShare = (text: string): number =>
  parse(text, (share) => share > 0 && share < 1, "A number between 0 and 1");

/** A learning rate. */
export const parseRate = (text: string): number =>
  parse(text, (rate) => rate > 0 && rate <= 1, "Above 0, at most 1");

/** What a loss or a penalty is multiplied with; 0 leaves it out. */
export const parseWeight = (text: string): number =>
  parse(text, (weight) => weight >= 0 && weight <= 100, "A number from 0 to 100");
