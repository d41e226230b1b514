import { createHash, type Hash } from "node:crypto";
import type { GeneralReader } from "../../profile/profile.ts";
import type { PreparedPart } from "../../store/repositories/prepared-tags.ts";
import type { Store } from "../../store/store.ts";
import { decodeRegressionRows, encodeRegressionRows } from "../../tags/features/encode-regression-rows.ts";
import type { RegressionRows } from "../../tags/features/regression-features.ts";
import { finishInSlices } from "../../tags/pausable-work.ts";
import type { TagSuggester } from "../../tags/tag-suggester.ts";

const partName = "regression";
const formatVersion = 3;
const nameLength = 12;

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
  readonly #kept: PreparedPart | undefined;
  readonly #hash: Hash;
  readonly #names: string[] = [];

  constructor(sources: RowSources) {
    this.#sources = sources;
    this.#kept = sources.store.preparedTags.read(sources.writerId, partName);
    this.#hash = createHash("sha256").update(`${formatVersion} ${sources.reader.id}`);
  }

  /** Names come in the order in which the suggester learns documents: each of the words and vectors of one. */
  add(name: string): void {
    this.#hash.update(name);
    this.#names.push(this.#hash.copy().digest("hex").slice(0, nameLength));
  }

  /** To be called when the suggester has learned all documents, and nothing was asked of it yet. */
  async settle(suggester: TagSuggester, breathe: () => Promise<void>): Promise<void> {
    suggester.restoreRows(this.#known());
    await finishInSlices(suggester.settleInSteps(), breathe);
    const madeFrom = this.#names.join(" ");
    if (this.#kept?.madeFrom === madeFrom) return;
    const { store, writerId } = this.#sources;
    const content = encodeRegressionRows(suggester.rows());
    store.preparedTags.keep(writerId, partName, { madeFrom, content });
  }

  /** What is kept of the documents before the first that is another one now. */
  #known(): readonly RegressionRows[] {
    if (this.#kept === undefined) return [];
    const names = this.#kept.madeFrom.split(" ");
    const other = this.#names.findIndex((name, place) => name !== names[place]);
    return decodeRegressionRows(this.#kept.content).map(({ places, lower }) => {
      const same = other < 0 ? places : places.filter((place) => place < other);
      return { places: same, lower: lower.slice(0, same.length) };
    });
  }
}
