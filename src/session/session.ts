import { statSync } from "node:fs";
import { WordGuesser } from "../learning/word-guesser.ts";
import { PretrainedModel } from "../plm/pretrained-model.ts";
import { type GeneralReader, generalReader } from "../profile/profile.ts";
import { openProfile, type ProfileState } from "../profile/versions.ts";
import { openStore } from "../store/open-store.ts";
import type { Writer } from "../store/repositories/writers.ts";
import type { Store } from "../store/store.ts";
import { TextEncoder } from "../tone/reading/text-encoder.ts";
import { threadCount } from "./learning-options.ts";
import { modelNotices, type Notice, storeNotices } from "./notices.ts";
import type { Places } from "./places.ts";

/** What texts are read with. */
export interface ReadingSession {
  /** Opened on first use. */
  readonly store: Store;
  readonly reader: GeneralReader;
  readonly encoder: TextEncoder;
  /** Holds nothing until it is asked. */
  readonly guesser: WordGuesser;
  /** Kept until the active profile version changes. Throws as `openProfile`. */
  readonly profileOf: (writer: Writer) => ProfileState;
}

export interface SessionOptions {
  /** Asked whenever something is opened. */
  readonly places: () => Places;
  /** Is told what opening the store and the model had to say. */
  readonly tell: (notice: Notice) => void;
  /** How the store is opened; absent: it is made where there is none. */
  readonly openStore?: (path: string) => Store;
  /** Absent: with as many threads as help. */
  readonly openEncoder?: (reader: GeneralReader) => Promise<TextEncoder>;
}

type OpenModel = Pick<ReadingSession, "reader" | "encoder" | "guesser">;

interface KnownProfile {
  readonly store: Store;
  readonly version: string | undefined;
  readonly state: ProfileState;
}

/** Store, model and profiles of one program: each is opened once, on first use, and given back with the session. */
export class Session implements AsyncDisposable {
  readonly #options: SessionOptions;
  readonly #profiles = new Map<number, KnownProfile>();
  #store: { readonly store: Store; readonly file: bigint | undefined } | undefined;
  #model: Promise<OpenModel> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Opened anew where its file was erased or replaced meanwhile; whoever waits in between asks again. */
  get store(): Store {
    const known = this.#store;
    if (known !== undefined && (known.file === undefined || fileOf(known.store) === known.file)) {
      return known.store;
    }
    this.#closeStore();
    const store = (this.#options.openStore ?? openStore)(this.#options.places().storePath);
    this.#store = { store, file: fileOf(store) };
    storeNotices(store.opening).forEach(this.#options.tell);
    return store;
  }

  get isModelOpen(): boolean {
    return this.#model !== undefined;
  }

  /** Opens the model, once for all that come together; the store follows on first use. Throws as `PretrainedModel.open`. */
  async reading(): Promise<ReadingSession> {
    this.#model ??= this.#openModel().catch((cause: unknown) => {
      this.#model = undefined;
      throw cause;
    });
    const { reader, encoder, guesser } = await this.#model;
    const session = this;
    return {
      reader,
      encoder,
      guesser,
      get store() {
        return session.store;
      },
      profileOf: (writer) => this.#profileOf(writer, reader),
    };
  }

  /** Gives all back; the next use opens it again. Call it only where nobody is at work. */
  async release(): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    this.#closeStore();
    // A model that could not be opened has nothing to give back, and whoever asked for it was told.
    const open = await model?.catch(() => undefined);
    await open?.encoder.release();
    await open?.guesser.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  #closeStore(): void {
    this.#profiles.clear();
    this.#store?.store.close();
    this.#store = undefined;
  }

  async #openModel(): Promise<OpenModel> {
    const { places, tell, openEncoder } = this.#options;
    const { modelPath, cachePath } = places();
    const model = await PretrainedModel.open(modelPath, cachePath);
    modelNotices(model).forEach(tell);
    const reader = generalReader(model);
    const encoder = await (openEncoder?.(reader) ?? new TextEncoder(model, { threads: threadCount() }));
    // A sentence or two is read no faster by more threads.
    return { reader, encoder, guesser: new WordGuesser(model, { threads: 1 }) };
  }

  #profileOf({ id }: Writer, reader: GeneralReader): ProfileState {
    const { store } = this;
    const version = store.profileVersions.active(id)?.id;
    const known = this.#profiles.get(id);
    if (known !== undefined && known.store === store && known.version === version) return known.state;
    const state = openProfile(store, id, reader);
    this.#profiles.set(id, { store, version, state });
    return state;
  }
}

function fileOf(store: Store): bigint | undefined {
  return statSync(store.paths.database, { bigint: true, throwIfNoEntry: false })?.ino;
}
