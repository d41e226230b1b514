/**
 * Adds up the gradients of the runs that make one optimiser step. A step that is one run alone costs no
 * copy.
 */
export class GradientSums {
  readonly #sums = new Map<string, { readonly gradient: Float32Array; readonly isOwn: boolean }>();

  /** sum += share · gradient. A gradient that is not copied must not be changed by the caller afterwards. */
  add(name: string, gradient: Float32Array, share: number): void {
    const known = this.#sums.get(name);
    if (known === undefined) {
      this.#sums.set(
        name,
        share === 1
          ? { gradient, isOwn: false }
          : { gradient: gradient.map((number) => share * number), isOwn: true },
      );
      return;
    }
    const sum = known.isOwn ? known.gradient : known.gradient.slice();
    for (let at = 0; at < sum.length; at++) {
      sum[at]! += share * gradient[at]!;
    }
    this.#sums.set(name, { gradient: sum, isOwn: true });
  }

  get gradients(): Record<string, Float32Array> {
    return Object.fromEntries([...this.#sums].map(([name, { gradient }]) => [name, gradient]));
  }
}
