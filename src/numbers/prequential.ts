import { splitByDate } from "./by-date.ts";

/*
 * Prequential evaluation (Dawid 1984, Statistical theory: the prequential approach): everything is read before it is
 * learned from, in order of time, so nothing is measured that was learned from, and most of what there is is measured.
 */

/** What reads and learns one item after the other. */
export interface PrequentialLearner<Item, Reading> {
  read(item: Item): Reading;
  learn(item: Item): void;
}

/**
 * For a learner that goes on: in order of date, gives for each item what was read of it just before it was learned from,
 * and undefined for the oldest 70 %, which are learned from alone. A caller may let others go first between two items.
 *
 * @param mostRead the newest ones are read where the newest 30 % are more
 */
export function* prequentially<Item extends { readonly id: string; readonly timeMs: number }, Reading>(
  items: readonly Item[],
  learner: PrequentialLearner<Item, Reading>,
  mostRead = Number.POSITIVE_INFINITY,
): Generator<Reading | undefined, void, undefined> {
  const { earlier, later } = splitByDate(items);
  const tooMany = Math.max(0, later.length - mostRead);
  for (const item of [...earlier, ...later.slice(0, tooMany)]) {
    learner.learn(item);
    yield undefined;
  }
  for (const item of later.slice(tooMany)) {
    const reading = learner.read(item);
    learner.learn(item);
    yield reading;
  }
}

/** Something in order of time, of which `next` is measured after learning from `known`. */
export interface PrequentialPart<Item> {
  readonly known: readonly Item[];
  readonly next: readonly Item[];
}

/** Tenths of the items, the oldest, that are learned from before anything is measured. */
const firstTenths = 2;

/**
 * For a learner that begins anew each time (progressive validation: Blum, Kalai and Langford 1999, Beating the hold-out):
 * from the third tenth on each tenth is measured after learning from all before it. So four fifths are measured where one
 * split would leave a third: a writer's labels are few.
 */
export function prequentialParts<Item>(items: readonly Item[]): readonly PrequentialPart<Item>[] {
  const cut = (tenths: number): number => Math.floor((tenths * items.length) / 10);
  return Array.from({ length: 10 - firstTenths }, (_, at) => firstTenths + at)
    .map((tenths) => ({
      known: items.slice(0, cut(tenths)),
      next: items.slice(cut(tenths), cut(tenths + 1)),
    }))
    .filter(({ next }) => next.length > 0);
}
