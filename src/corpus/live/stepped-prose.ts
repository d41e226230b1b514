import type { Prose } from "../document.ts";
import type { Format, LiveProse } from "../formats/format.ts";
import { ProseCollector } from "../formats/prose-collector.ts";
import { type Extent, FormerPieces, indexAt, type Keys, type Piece, type Pieces } from "./former-pieces.ts";
import { fromItsStart, GatheredBlocks } from "./read-block.ts";

/** Reads a text line by line or so, from a place at which nothing is open. */
export interface PieceReader {
  /** Reads to the end, and says after each line or so up to which offset it has come. */
  read(): Generator<number, void>;
  /** Whether nothing is open there: what comes is read by the text from there on, and by `state`. */
  readonly isAtRest: boolean;
  /** What has been read says to what comes; '' at the start. */
  readonly state: string;
  /** Up to where it has looked in the source since it was asked last, for what it has read since. */
  takeLook(): number;
  /** With which keys of the extent all would have been read alike since this was asked last; absent: with all. */
  takeKeys?(): Keys;
}

/** A notation that is read from its start to its end. */
export interface Notation<E extends Extent = Extent> {
  readonly extent: (source: string, bodyStart: number) => E;
  readonly reader: (
    source: string,
    extent: E,
    from: { readonly at: number; readonly state: string },
    collector: ProseCollector,
  ) => PieceReader;
  /** So many signs behind a piece may tell how it is read, beside those that its reader says it has looked at. */
  readonly lookAhead: number;
}

interface Reading {
  readonly reader: PieceReader;
  readonly steps: Generator<number, void>;
}

/** Signs that are read in a step, and pieces that are put together. */
const SIGNS_PER_STEP = 8_000;
const PIECES_PER_STEP = 100;
/** A piece has more signs, where nothing rests before. */
const PIECE = 500;
/** Pieces on each side of one that is asked about: what language a sentence is in, its neighbours tell. */
const NEIGHBOURS = 4;
/** Or so many signs behind it. */
const READ_BEHIND = 4_000;
/** Share of the time that is spent reading. */
const READING = 0.9;

/** How a notation is read, at one go and while it is edited. */
export const readInSteps = <E extends Extent>(notation: Notation<E>): Pick<Format, "read" | "open"> => ({
  read: (source, bodyStart, locale) => {
    const live = new SteppedProse(notation, source, bodyStart, locale);
    while (live.advance());
    return live.prose;
  },
  open: (source, bodyStart, locale, former) =>
    new SteppedProse(
      notation,
      source,
      bodyStart,
      locale,
      former instanceof SteppedProse && former.notation === notation ? former : undefined,
    ),
});

/**
 * The prose of a text that is read from its start on. After an edit what stands before it is taken over, and what comes
 * behind it as soon as reading rests where it did before, and the same was said so far.
 */
export class SteppedProse<E extends Extent> implements LiveProse {
  readonly notation: Notation<E>;
  readonly #source: string;
  readonly #extent: E;
  readonly #collector: ProseCollector;
  readonly #pieces: Piece[] = [];
  readonly #starts: number[] = [];
  /** Where the next piece begins, and up to where it has been read. */
  #at: number;
  #reached: number;
  #state = "";
  #reader: Reading | undefined;
  #former: FormerPieces | undefined;
  #isRead = false;
  readonly #gathered: GatheredBlocks;
  #put = 0;
  #prose: Prose | undefined;

  constructor(
    notation: Notation<E>,
    source: string,
    bodyStart: number,
    locale: string,
    former?: SteppedProse<E>,
  ) {
    this.notation = notation;
    this.#source = source;
    this.#extent = notation.extent(source, bodyStart);
    this.#collector = new ProseCollector(source, locale);
    this.#gathered = new GatheredBlocks(source);
    this.#at = this.#extent.start;
    this.#reached = this.#at;
    this.#former = former && new FormerPieces(former.#known, source, this.#extent);
  }

  get share(): number {
    if (this.#prose !== undefined) return 1;
    const read = (READING * this.#reached) / (this.#source.length + 1);
    return this.#isRead ? READING + ((1 - READING) * this.#put) / (this.#pieces.length + 1) : read;
  }

  get prose(): Prose {
    if (this.#prose === undefined) throw new Error("There is something left to read.");
    return this.#prose;
  }

  advance(): boolean {
    if (this.#prose !== undefined) return false;
    if (!this.#isRead) this.#readOn();
    else if (this.#put < this.#pieces.length) this.#putTogether();
    else this.#prose = this.#gathered.prose;
    return this.#prose === undefined;
  }

  around(offset: number): Prose | undefined {
    if (this.#prose !== undefined) return this.#prose;
    const at = Math.max(0, indexAt(this.#starts, offset));
    const isKnown = at + NEIGHBOURS < this.#pieces.length || this.#at >= offset + READ_BEHIND;
    if (!this.#isRead && !isKnown) return undefined;
    const gathered = new GatheredBlocks(this.#source);
    for (let index = Math.max(0, at - NEIGHBOURS); index <= at + NEIGHBOURS; index++) {
      const piece = this.#pieces[index];
      if (piece !== undefined) gathered.add(piece, this.#starts[index]!);
    }
    return gathered.prose;
  }

  /** The last version that is known to its end, or what is known of this one. */
  get #known(): Pieces {
    if (this.#former !== undefined) return this.#former.pieces;
    return { source: this.#source, extent: this.#extent, list: this.#pieces, starts: this.#starts };
  }

  #readOn(): void {
    const { end } = this.#extent;
    for (const last = this.#reached + SIGNS_PER_STEP; this.#reached < last && !this.#isRead; ) {
      if (this.#reader === undefined && !this.#takeOver()) this.#begin();
      if (this.#reader !== undefined) this.#readStep(this.#reader);
      this.#isRead = this.#reader === undefined && this.#at >= end;
    }
    if (this.#isRead) this.#former = undefined;
  }

  #begin(): void {
    const from = { at: this.#at, state: this.#state };
    const reader = this.notation.reader(this.#source, this.#extent, from, this.#collector);
    this.#reader = { reader, steps: reader.read() };
  }

  #readStep({ reader, steps }: Reading): void {
    const step = steps.next();
    this.#reached = step.done ? this.#extent.end : Math.max(this.#reached, step.value);
    if (!step.done && !reader.isAtRest) return;
    const length = this.#reached - this.#at;
    const isKnown = this.#former?.from(this.#reached, reader.state).next().done === false;
    if (step.done || isKnown) this.#reader = undefined;
    else if (length < PIECE) return;
    if (length === 0) return;
    const looked = Math.max(reader.takeLook(), this.#reached + this.notation.lookAhead);
    const read = fromItsStart(this.#collector.take(), this.#at);
    const said = { before: this.#state, after: reader.state, keys: reader.takeKeys?.() };
    this.#push({ ...read, ...said, length, looks: looked - this.#at });
  }

  #push(piece: Piece): void {
    this.#pieces.push(piece);
    this.#starts.push(this.#at);
    this.#at += piece.length;
    this.#reached = this.#at;
    this.#state = piece.after;
  }

  /** Whether there was something to take over, where reading stands. */
  #takeOver(): boolean {
    const before = this.#pieces.length;
    for (const piece of this.#former?.from(this.#at, this.#state) ?? []) this.#push(piece);
    return this.#pieces.length > before;
  }

  #putTogether(): void {
    const end = Math.min(this.#pieces.length, this.#put + PIECES_PER_STEP);
    for (; this.#put < end; this.#put++)
      this.#gathered.add(this.#pieces[this.#put]!, this.#starts[this.#put]!);
  }
}
