/** The scalars of one update, in the order in which the kernel takes them. */
export interface AdamScalars {
  readonly meanKept: number;
  readonly meanAdded: number;
  readonly squareKept: number;
  readonly squareAdded: number;
  readonly rate: number;
  readonly epsilon: number;
  readonly valueKept: number;
}

/** Two moments for each number of a parameter; views into the kernel's memory. */
export interface MomentViews {
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

/** The part of the WebAssembly API in use; the types of Node name none of it, those of browsers bring the DOM. */
interface WasmApi {
  readonly Memory: new (limits: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}
const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;

const floatBytes = 4;
const pageBytes = 65_536;
/** Numbers are updated in blocks that stay in the cache of a core: 32 KiB of values and as much of gradients. */
const blockLength = 8192;
/**
 * A processor computes with numbers below 1e-38 (denormal ones) ten times slower, and a gradient or a moment that
 * fades away gets there. So gradients, means and squares that are 1e-7 of these (and smaller) become zero: at
 * rates and epsilons in use they move nothing.
 */
const flushBelow = [1e-10, 1e-25, 1e-30];

/**
 * Adam's inner loop in WebAssembly, four numbers at a time.
 *
 * V8 compiles the same loop over typed arrays to one number at a time and takes more than twice as long. The moments live
 * in the module's memory; values and gradients are copied through it block by block.
 */
export class WasmAdam {
  readonly #buffer: ArrayBuffer;
  readonly #update: (...numbers: number[]) => void;
  readonly #blockValues: Float32Array;
  readonly #blockGradient: Float32Array;
  #usedBytes = 2 * blockLength * floatBytes;

  /** @param lengths of all parameters that will be reserved. */
  constructor(lengths: readonly number[]) {
    const momentBytes = lengths.reduce((sum, length) => sum + 2 * paddedBytes(length), 0);
    const memory = new Memory({
      initial: Math.ceil((this.#usedBytes + momentBytes) / pageBytes),
    });
    const { exports } = new Instance(adamModule(), { adam: { memory } });
    this.#buffer = memory.buffer;
    this.#update = exports["update"] as (...numbers: number[]) => void;
    this.#blockValues = new Float32Array(this.#buffer, 0, blockLength);
    this.#blockGradient = new Float32Array(this.#buffer, blockLength * floatBytes, blockLength);
  }

  /** Moments of zero for a parameter of this length. */
  reserve(length: number): MomentViews {
    const start = this.#usedBytes;
    this.#usedBytes += 2 * paddedBytes(length);
    return {
      mean: new Float32Array(this.#buffer, start, length),
      square: new Float32Array(this.#buffer, start + paddedBytes(length), length),
    };
  }

  /** `m ← k₁m + a₁g, v ← k₂v + a₂g², θ ← kθ − r·m / (√v + ε)`, in place, in 32-bit arithmetic. */
  update(values: Float32Array, gradient: Float32Array, moments: MomentViews, scalars: AdamScalars): void {
    const { meanKept, meanAdded, squareKept, squareAdded, rate, epsilon, valueKept } = scalars;
    for (let from = 0; from < values.length; from += blockLength) {
      const block = values.subarray(from, from + blockLength);
      this.#blockValues.set(block);
      this.#blockGradient.set(gradient.subarray(from, from + blockLength));
      this.#update(
        ...[0, blockLength * floatBytes],
        ...[moments.mean.byteOffset + from * floatBytes, moments.square.byteOffset + from * floatBytes],
        block.length * floatBytes,
        ...[meanKept, meanAdded, squareKept, squareAdded, rate, epsilon, valueKept],
      );
      block.set(
        block.length === blockLength ? this.#blockValues : this.#blockValues.subarray(0, block.length),
      );
    }
  }
}

/** Whole groups of four numbers: the kernel also computes the places that pad the last group. */
function paddedBytes(length: number): number {
  return Math.ceil(length / 4) * 4 * floatBytes;
}

let compiled: object | undefined;

/** The module, assembled once; opcodes as in the WebAssembly specification 2.0, chapter 5. */
function adamModule(): object {
  compiled ??= new Module(Uint8Array.from(assembleModule()));
  return compiled;
}

/** `update(values, gradient, mean, square, valuesEnd: i32, ...seven scalars: f32)`, all places in bytes. */
function assembleModule(): number[] {
  const [i32, f32, v128] = [0x7f, 0x7d, 0x7b];
  const parameters = [...Array<number>(5).fill(i32), ...Array<number>(7).fill(f32)];
  const code = [...list([[...unsigned(13), v128]]), ...updateCode()];
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...list(parameters.map((type) => [type])), ...list([])]]),
    ...section(2, [[...name("adam"), ...name("memory"), 2, 0, 1]]),
    ...section(3, [[0]]),
    ...section(7, [[...name("update"), 0, 0]]),
    ...section(10, [[...unsigned(code.length), ...code]]),
  ];
}

function updateCode(): number[] {
  const [values, gradient, mean, square, valuesEnd] = [0, 1, 2, 3, 4];
  const firstScalar = 5;
  const [meanKept, meanAdded, squareKept, squareAdded, rate, epsilon, valueKept] = [
    12, 13, 14, 15, 16, 17, 18,
  ];
  const scalars = [meanKept, meanAdded, squareKept, squareAdded, rate, epsilon, valueKept];
  const [g, m, v] = [19, 20, 21];
  const flushLocals = [22, 23, 24];
  const [flushGradient, flushMean, flushSquare] = flushLocals.map(get) as [number[], number[], number[]];
  return [
    ...scalars.flatMap((local, at) => [...get(firstScalar + at), ...splat, ...set(local)]),
    ...flushBelow.flatMap((number, at) => [...constant(number), ...splat, ...set(flushLocals[at]!)]),
    ...startLoop,
    ...[...flush(load(gradient), flushGradient), ...set(g)],
    ...get(mean),
    ...flush([...times(load(mean), get(meanKept)), ...times(get(g), get(meanAdded)), ...add], flushMean),
    ...[...keep(m), ...store, ...get(square)],
    ...flush(
      [...times(load(square), get(squareKept)), ...times(times(get(g), get(g)), get(squareAdded)), ...add],
      flushSquare,
    ),
    ...[...keep(v), ...store],
    ...[...get(values), ...times(load(values), get(valueKept)), ...times(get(m), get(rate))],
    ...[...get(v), ...root, ...get(epsilon), ...add, ...div, ...sub, ...store],
    ...[values, gradient, mean, square].flatMap(advance),
    ...[...get(values), ...get(valuesEnd), ...loopIfBelow],
  ];
}

const simd = (operation: number): number[] => [0xfd, ...unsigned(operation)];
const splat = simd(0x13);
const root = simd(0xe3);
const add = simd(0xe4);
const sub = simd(0xe5);
const mul = simd(0xe6);
const div = simd(0xe7);
const store = [...simd(0x0b), 4, 0];
const startLoop = [0x03, 0x40];
/** Less than (unsigned), branch to the loop's start, end of the loop, end of the function. */
const loopIfBelow = [0x49, 0x0d, 0, 0x0b, 0x0b];

function get(local: number): number[] {
  return [0x20, local];
}

function set(local: number): number[] {
  return [0x21, local];
}

function keep(local: number): number[] {
  return [0x22, local];
}

function load(place: number): number[] {
  return [...get(place), ...simd(0x00), 4, 0];
}

function constant(value: number): number[] {
  return [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
}

function times(a: number[], b: number[]): number[] {
  return [...a, ...b, ...mul];
}

/** `(x + c) − c` makes what is far smaller than c zero, and only rounds what is larger. */
function flush(value: number[], c: number[]): number[] {
  return [...value, ...c, ...add, ...c, ...sub];
}

/** Moves a place on by four numbers. */
function advance(place: number): number[] {
  return [...get(place), 0x41, 4 * floatBytes, 0x6a, ...set(place)];
}

function section(id: number, items: readonly number[][]): number[] {
  const body = list(items);
  return [id, ...unsigned(body.length), ...body];
}

function list(items: readonly number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function name(text: string): number[] {
  return list(Array.from(Buffer.from(text), (byte) => [byte]));
}

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}
