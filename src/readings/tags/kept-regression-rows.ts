import { createHash, type Hash } from "node:crypto";
import type { GeneralReader } from "../../profile/profile.ts";
import type { Prepared } from "../../store/repositories/prepared-table.ts";
import type { Store } from "../../store/store.ts";
import { decodeRegressionRows, encodeRegressionRows } from "../../tags/features/encode-regression-rows.ts";
import { mostDocuments, type RegressionRows } from "../../tags/features/regression-features.ts";
import { finishInSlices } from "../../tags/pausable-work.ts";
import type { TagSuggester } from "../../tags/tag-suggester.ts";

const partName = "regression";
const formatVersion = 4;
const nameLength = 12;
/** By so many the first document with a name moves on, so that one more or less moves nothing. */
const stride = 500;

interface RowSources {
  readonly store: Store;
  readonly writerId: number;
  readonly reader: GeneralReader;
}

/**
 * The rows of the regressions over a writer's documents, which take longest to work out: those are taken from the store
 * that were worked out of the same documents, and what is new is kept in it. A document changes what the rows of all later
 * ones are worked out of, so each name is one of all documents up to a place.
 */
export class KeptRegressionRows {
  readonly #sources: RowSources;
  readonly #kept: Prepared | undefined;
  readonly #hash: Hash;
  /** Documents that have no row any more when all are learned: their names are part of those after them. */
  readonly #unnamed: number;
  readonly #names: string[] = [];
  #added = 0;

  /** @param documents that the suggester learns */
  constructor(sources: RowSources, documents: number) {
    this.#sources = sources;
    this.#unnamed = stride * Math.floor(Math.max(0, documents - mostDocuments) / stride);
    this.#kept = sources.store.preparedTags.read(sources.writerId, partName);
    this.#hash = createHash("sha256").update(`${formatVersion} ${sources.reader.id}`);
  }

  /** Names come in the order in which the suggester learns documents: each of the words and vectors of one. */
  add(name: string): void {
    this.#hash.update(name);
    this.#added += 1;
    if (this.#added > this.#unnamed) {
      this.#names.push(this.#hash.copy().digest("hex").slice(0, nameLength));
    }
  }

  /** To be called when the suggester has learned all documents, and nothing was asked of it yet. */
  async settle(suggester: TagSuggester, breathe: () => Promise<void>): Promise<void> {
    suggester.restoreRows(this.#known());
    await finishInSlices(suggester.settleInSteps(), breathe);
    const madeFrom = `${this.#unnamed} ${this.#names.join(" ")}`;
    if (this.#kept?.madeFrom === madeFrom) return;
    const { store, writerId } = this.#sources;
    const content = encodeRegressionRows(suggester.rows());
    store.preparedTags.keep(writerId, partName, { madeFrom, content });
  }

  /** What is kept of the documents before the first that is another one now. */
  #known(): readonly RegressionRows[] {
    if (this.#kept === undefined) return [];
    const [unnamed, ...names] = this.#kept.madeFrom.split(" ");
    const from = Number(unnamed);
    const isOther = (name: string, at: number) => name !== names[this.#unnamed + at - from];
    const found = this.#names.findIndex(isOther);
    const firstOther = this.#unnamed + (found < 0 ? this.#names.length : found);
    return decodeRegressionRows(this.#kept.content).map(({ places, lower }) => {
      const same = places.filter((place) => place < firstOther);
      return { places: same, lower: lower.slice(0, same.length) };
    });
  }
}
