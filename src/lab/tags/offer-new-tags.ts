import { byDate } from "../../numbers/by-date.ts";
import { proposeNewTags } from "../../tags/ranker/new-tags.ts";
import { phrasesOf } from "../../tags/ranker/phrases.ts";
import type { RankerPrior } from "../../tags/ranker/ranker.ts";
import { RememberedWords } from "../../tags/remembered-words.ts";
import { tagForm } from "../../tags/tag-form.ts";
import { TagMemory } from "../../tags/tag-memory.ts";
import { type TaggedDocument, tagKeys } from "../../tags/tagged-document.ts";

/** A tag that was offered although the writer had never used it. */
export interface OfferedTag {
  readonly score: number;
  /** The writer gave it to this document, or to a later one. */
  readonly isRight: boolean;
  /** The writer gave it to this very document. */
  readonly isFound: boolean;
}

/** What one writer's documents say of new tags. */
export interface NewTagOffers {
  readonly documents: number;
  /** Tags that were new in their document, and those of them whose words stand in its title or text. */
  readonly newTags: number;
  readonly named: number;
  readonly offers: readonly OfferedTag[];
}

/** Of some offers: how many of the tags that stand in the text were found, and how many of the offers were right. */
export interface OfferShares {
  readonly offered: number;
  readonly right: number;
  readonly found: number;
}

/** The oldest part of a writer's documents only fills the memory. */
const warmUpShare = 0.2;

/** Offers tags for each document from those before it, at most `limit`, and keeps what became of them. */
export function offerNewTags(
  documents: readonly TaggedDocument[],
  prior: RankerPrior,
  limit: number,
): NewTagOffers {
  const sources = { memory: new TagMemory(), words: new RememberedWords() };
  const ordered = byDate(documents);
  const forms = ordered.map((document) => new Set(tagKeys(document).map(tagForm)));
  const lastUse = new Map(forms.flatMap((own, at) => [...own].map((form) => [form, at] as const)));
  const offers: OfferedTag[] = [];
  let [asked, newTags, named] = [0, 0, 0];
  ordered.forEach((document, at) => {
    if (at >= warmUpShare * ordered.length) {
      asked += 1;
      const own = forms[at]!;
      const unknown = [...own].filter((form) => sources.memory.numberOf(form) === undefined);
      const phrases = new Set(phrasesOf(document.title, document.text).map(({ key }) => tagForm(key)));
      newTags += unknown.length;
      named += unknown.filter((form) => phrases.has(form)).length;
      for (const { tag, score } of proposeNewTags(document, sources, limit, prior)) {
        const form = tagForm(tag);
        offers.push({ score, isRight: (lastUse.get(form) ?? -1) >= at, isFound: own.has(form) });
      }
    }
    sources.words.add(document);
    sources.memory.add(document);
  });
  return { documents: asked, newTags, named, offers };
}

/** The shares where only offers from a score on are made. */
export function sharesFrom({ offers, named }: NewTagOffers, threshold: number): OfferShares {
  const made = offers.filter(({ score }) => score >= threshold);
  const share = (some: readonly OfferedTag[], all: number) => (all === 0 ? 0 : some.length / all);
  return {
    offered: made.length,
    right: share(
      made.filter(({ isRight }) => isRight),
      made.length,
    ),
    found: share(
      made.filter(({ isFound }) => isFound),
      named,
    ),
  };
}
