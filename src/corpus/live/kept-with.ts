/**
 * What is kept with objects that are somebody else's, for as long as they live: as a property of theirs that nobody else
 * sees. A WeakMap of hundreds of thousands of blocks takes the garbage collector seconds.
 */
export class KeptWith<K extends object, V> {
  readonly #name = Symbol("kept");

  get(owner: K): V | undefined {
    return (owner as { readonly [name: symbol]: V | undefined })[this.#name];
  }

  set(owner: K, value: V): void {
    (owner as { [name: symbol]: V | undefined })[this.#name] = value;
  }
}
