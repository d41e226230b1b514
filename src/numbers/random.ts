/** What a {@link Random} needs to go on exactly where it stood; survives JSON. */
export interface RandomState {
  readonly seed: string;
  /** The four 32-bit words of the generator. */
  readonly words: readonly [number, number, number, number];
}

/** A seeded source of randomness; calling it gives a number in [0, 1) with 32 random bits. */
export interface Random {
  (): number;
  /** A whole number in [0, `bound`); `bound` must lie in 1 to 2^32. */
  integer(bound: number): number;
  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T>(array: T[]): T[];
  /** A number from the normal distribution with mean 0 and deviation 1 (Box and Muller). */
  normal(): number;
  /** A new generator that depends on seed and label alone, never on how much was drawn before. */
  fork(label: number | string): Random;
  state(): RandomState;
  restore(state: RandomState): void;
}

/**
 * A generator of the family xoshiro128** (Blackman and Vigna, 2018): same seed, same numbers, on any machine.
 * @param seed a number and its decimal spelling are the same seed.
 */
export function createRandom(seed: number | string): Random {
  let name = String(seed);
  const words = seedWords(name);
  const random = (() => nextWord(words) / 2 ** 32) as Random;
  random.integer = (bound) => Math.floor(random() * bound);
  random.shuffle = (array) => shuffle(array, random);
  // 1 - u lies in (0, 1], where the logarithm is finite.
  random.normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  random.fork = (label) => createRandom(`${name}/${label}`);
  random.state = () => ({ seed: name, words: [words[0]!, words[1]!, words[2]!, words[3]!] });
  random.restore = (state) => {
    name = state.seed;
    words.set(state.words);
  };
  return random;
}

function shuffle<T>(array: T[], random: Random): T[] {
  for (let last = array.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const value = array[last]!;
    array[last] = array[other]!;
    array[other] = value;
  }
  return array;
}

function nextWord(words: Uint32Array): number {
  const a = words[0]!;
  const b = words[1]!;
  const c = words[2]!;
  const d = words[3]!;
  const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
  words[2] = c ^ a;
  words[3] = d ^ b;
  words[1] = b ^ words[2]!;
  words[0] = a ^ words[3]!;
  words[2]! ^= b << 9;
  words[3] = rotateLeft(words[3]!, 11);
  return result;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** FNV-1a over the characters starts splitmix32, which fills the state so that near seeds lie far apart. */
function seedWords(seed: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) {
    hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  }
  return new Uint32Array(4).map(() => {
    hash = (hash + 0x9e3779b9) | 0;
    let word = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  });
}
