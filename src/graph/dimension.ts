/**
 * One extent of a tensor: a number, or a sum of products of named unknowns such as `batch*length` or
 * `length+8`. The text of an unknown dimension is canonical, so equal texts mean equal extents for every
 * assignment of the names. Different texts mean that the extents cannot be shown to be equal.
 */
export type Dimension = number | string;

export type Shape = readonly Dimension[];

/** Coefficients by monomial: `2*batch*length+8` is `{ "batch*length": 2, "": 8 }`. */
type Polynomial = ReadonlyMap<string, number>;

export function addDimensions(...terms: readonly Dimension[]): Dimension {
  const sum = new Map<string, number>();
  for (const term of terms) {
    for (const [monomial, coefficient] of parse(term)) {
      sum.set(monomial, (sum.get(monomial) ?? 0) + coefficient);
    }
  }
  return write(sum);
}

export function subtractDimensions(left: Dimension, right: Dimension): Dimension {
  return addDimensions(left, multiplyDimensions(right, -1));
}

export function multiplyDimensions(...factors: readonly Dimension[]): Dimension {
  let product: Polynomial = new Map([["", 1]]);
  for (const factor of factors) {
    product = multiply(product, parse(factor));
  }
  return write(product);
}

/** The terms of a dimension, each a coefficient times a list of unknowns. */
export function termsOf(
  dimension: Dimension,
): readonly { coefficient: number; symbols: readonly string[] }[] {
  return [...parse(dimension)].map(([monomial, coefficient]) => ({
    coefficient,
    symbols: monomial === "" ? [] : monomial.split("*"),
  }));
}

export function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function equalShapes(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((dimension, axis) => dimension === right[axis]);
}

/** Number of elements of a shape without unknowns; undefined where one is unknown. */
export function staticSize(shape: Shape): number | undefined {
  const size = multiplyDimensions(...shape);
  return typeof size === "number" ? size : undefined;
}

function multiply(left: Polynomial, right: Polynomial): Polynomial {
  const product = new Map<string, number>();
  for (const [leftMonomial, leftCoefficient] of left) {
    for (const [rightMonomial, rightCoefficient] of right) {
      const symbols = [...leftMonomial.split("*"), ...rightMonomial.split("*")].filter((name) => name !== "");
      const monomial = symbols.sort().join("*");
      product.set(monomial, (product.get(monomial) ?? 0) + leftCoefficient * rightCoefficient);
    }
  }
  return product;
}

function parse(dimension: Dimension): Polynomial {
  if (typeof dimension === "number") {
    return new Map([["", dimension]]);
  }
  const polynomial = new Map<string, number>();
  for (const term of dimension.split("+")) {
    const factors = term.split("*");
    const leading = Number(factors[0]);
    const coefficient = Number.isNaN(leading) ? 1 : leading;
    const monomial = (Number.isNaN(leading) ? factors : factors.slice(1)).join("*");
    polynomial.set(monomial, (polynomial.get(monomial) ?? 0) + coefficient);
  }
  return polynomial;
}

function write(polynomial: Polynomial): Dimension {
  const terms = [...polynomial].filter(([, coefficient]) => coefficient !== 0);
  if (terms.length === 0) {
    return 0;
  }
  if (terms.length === 1 && terms[0]![0] === "") {
    return terms[0]![1];
  }
  // Unknowns first, in order of the alphabet; the constant last.
  terms.sort(([a], [b]) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1));
  return terms.map(([monomial, coefficient]) => writeTerm(monomial, coefficient)).join("+");
}

function writeTerm(monomial: string, coefficient: number): string {
  if (monomial === "") {
    return String(coefficient);
  }
  return coefficient === 1 ? monomial : `${coefficient}*${monomial}`;
}
