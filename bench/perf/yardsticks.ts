import { median } from "simple-statistics";
import { Graph } from "../../src/graph/graph.ts";
import { matMul } from "../../src/graph/operators/matrix-products.ts";
import { GraphSession } from "../../src/graph/session.ts";
import { writeModel } from "../../src/graph/write-model.ts";
import { createRandom } from "../../src/numbers/random.ts";

/** Fixed pieces of work, of which figures are multiples: JavaScript over text, and matrix products in full. */
export type Yardstick = "loop" | "product";

/** Milliseconds of processor time that each piece took. */
export type YardstickTimes = Readonly<Record<Yardstick, number>>;

const size = 1024;
const products = 4;
/** Of so many the median counts. */
const repeats = 3;
const words = 60_000;

/** The same work at every call, on whatever machine; what a figure is divided by. `release` it. */
export class Yardsticks {
  readonly #session: GraphSession;
  readonly #left: Float32Array;
  readonly #text: string;

  private constructor(session: GraphSession, left: Float32Array, text: string) {
    this.#session = session;
    this.#left = left;
    this.#text = text;
  }

  /** Each piece is done before any counts, so that its code is compiled. */
  static async open(): Promise<Yardsticks> {
    const random = createRandom("yardsticks");
    const numbers = () => Float32Array.from({ length: size * size }, () => random() - 0.5);
    const graph = new Graph();
    const left = graph.input("left", "float32", [size, size]);
    const right = graph.weight("right", [size, size], { kind: "memory", data: numbers() });
    const model = writeModel(graph, { product: matMul(left, right) });
    const session = await GraphSession.create(model, { threads: 1 });
    const text = Array.from({ length: words }, () => `word${random.integer(9_000)}`).join(" ");
    const yardsticks = new Yardsticks(session, numbers(), text);
    await yardsticks.measure();
    return yardsticks;
  }

  async measure(): Promise<YardstickTimes> {
    const times: YardstickTimes[] = [];
    while (times.length < repeats) times.push(await this.#measureOnce());
    return {
      loop: median(times.map(({ loop }) => loop)),
      product: median(times.map(({ product }) => product)),
    };
  }

  async #measureOnce(): Promise<YardstickTimes> {
    const start = process.cpuUsage();
    countWords(this.#text);
    const loop = sinceMs(start);
    const between = process.cpuUsage();
    const left = { data: this.#left, shape: [size, size] };
    for (let at = 0; at < products; at++) await this.#session.run({ left });
    return { loop, product: sinceMs(between) };
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

function countWords(text: string): void {
  const counts = new Map<string, number>();
  for (const word of text.split(/\s+/u)) {
    const key = word.normalize().toUpperCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  JSON.parse(JSON.stringify([...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))));
}

function sinceMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
