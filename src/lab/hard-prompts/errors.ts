/** An input may have fewer tokens than a text of one token needs. */
export class BudgetTooSmallError extends Error {
  override readonly name = "BudgetTooSmallError";

  constructor(tokens: number, fewest: number) {
    super(`A budget of ${tokens} tokens has no room for a text. Give at least ${fewest}.`);
  }
}
