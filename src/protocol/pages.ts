/** What panels and the pages in them tell each other. Types alone, and all texts are ready to be shown. */

import type { RoundStep } from "./lessons.ts";

/** One sentence of the page on tone. Valences from −1 to 1. */
export interface ToneSentence {
  readonly plain: string;
  readonly general: number;
  /** Null: no reading of the writer's own is shown. */
  readonly personal: number | null;
  readonly isTaught: boolean;
  /** From 1. */
  readonly line: number;
  /** 'as you write: positive, quite sure', and in general. */
  readonly readings: readonly string[];
}

export interface TonePage {
  /** The document's name. */
  readonly title: string;
  readonly summary: readonly string[];
  /** Whether the writer's own readings are used, and why. */
  readonly note: string;
  readonly sentences: readonly ToneSentence[];
  readonly band?: { readonly low: number; readonly high: number };
  /** Places in `sentences`, strongest first. */
  readonly strongest: readonly number[];
  readonly texts: TonePageTexts;
}

export interface TonePageTexts {
  readonly plot: string;
  readonly general: string;
  readonly personal: string;
  readonly band: string;
  readonly positive: string;
  readonly negative: string;
  readonly strongest: string;
  readonly table: string;
  readonly sentence: string;
  readonly line: string;
  readonly taught: string;
  readonly help: string;
}

export type ToTonePage =
  | { readonly kind: "page"; readonly page: TonePage }
  /** Nothing to plot, with the reason. */
  | { readonly kind: "message"; readonly title: string; readonly text: string };

export type FromTonePage =
  | { readonly kind: "ready" }
  /** Show this sentence in the editor. */
  | { readonly kind: "goTo"; readonly sentence: number };

/** A part of the report, in the order in which it is read. */
export type ReportBlock =
  | { readonly kind: "title" | "verdict" | "heading" | "text" | "quiet"; readonly text: string }
  /** A text of which some words are set apart. */
  | {
      readonly kind: "marked";
      readonly parts: readonly { readonly text: string; readonly isMarked: boolean }[];
    }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly head: readonly string[];
      /** The first cell of a row names it. */
      readonly rows: readonly (readonly string[])[];
    }
  | {
      readonly kind: "curve";
      readonly caption: string;
      readonly across: string;
      /** Names the table of the same numbers. */
      readonly asTable: string;
      readonly series: readonly {
        readonly name: string;
        readonly points: readonly (readonly [number, number])[];
      }[];
    }
  /** Whether something personal is used, and why. */
  | {
      readonly kind: "gate";
      readonly isOpen: boolean;
      readonly state: string;
      readonly name: string;
      readonly text: string;
    }
  | {
      readonly kind: "buttons";
      readonly buttons: readonly { readonly text: string; readonly command: string }[];
    }
  /** Comes later, under its name; until then its text is shown. */
  | { readonly kind: "later"; readonly name: string; readonly text: string }
  | TimelineBlock
  | StripsBlock
  | VersionsBlock
  | StrengthBlock
  | ChoiceBlock
  | HoursBlock;

/** A document at its place in time. */
export interface DatedPoint {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Absolute; what a click opens. */
  readonly path: string;
  /** For whoever points at it: '2024-05-04, The inspector: mostly positive. 3 of 24 sentences have a tone'. */
  readonly text: string;
  /** The same in the columns of the table. */
  readonly cells: readonly string[];
}

/** Documents by what they read, from −1 to 1, over time. */
export interface TimelineBlock {
  readonly kind: "timeline";
  readonly caption: string;
  readonly asTable: string;
  readonly head: readonly string[];
  readonly top: string;
  readonly bottom: string;
  readonly points: readonly (DatedPoint & { readonly valence: number })[];
}

/** Names, each with its documents over time. */
export interface StripsBlock {
  readonly kind: "strips";
  readonly caption: string;
  readonly asTable: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly name: string; readonly points: readonly DatedPoint[] }[];
}

/** What was learned when, with a button for each that can be gone back to. */
export interface VersionsBlock {
  readonly kind: "versions";
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly {
    readonly text: string;
    readonly state: string;
    readonly goBack?: { readonly text: string; readonly label: string; readonly version: VersionOfWriter };
  }[];
}

export interface VersionOfWriter {
  readonly writer: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

/** Settings that the dashboard shows, and changes. */
export type DashboardSetting = "tone.strength" | "learning.onBattery" | "learning.schedule";

interface Control {
  readonly label: string;
  readonly help: string;
}

/** How much the writer's own reading counts, from 0 to 1. */
export interface StrengthBlock extends Control {
  readonly kind: "strength";
  readonly name: "tone.strength";
  readonly value: number;
}

/** One of a few words. */
export interface ChoiceBlock extends Control {
  readonly kind: "choice";
  readonly name: "learning.onBattery";
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
}

/** `always`, or hours of the day such as `22:00-06:00`. */
export interface HoursBlock extends Control {
  readonly kind: "hours";
  readonly name: "learning.schedule";
  readonly value: string;
  readonly always: string;
  readonly atHours: string;
  /** Labels of the two times of day. */
  readonly from: string;
  readonly until: string;
}

export type ToReportPage =
  | { readonly kind: "report"; readonly blocks: readonly ReportBlock[] }
  /** What was to come later under a name. */
  | { readonly kind: "fill"; readonly name: string; readonly blocks: readonly ReportBlock[] };

export type FromReportPage =
  | { readonly kind: "ready" }
  | { readonly kind: "command"; readonly command: string }
  | { readonly kind: "open"; readonly path: string }
  | { readonly kind: "goBack"; readonly version: VersionOfWriter }
  | { readonly kind: "set"; readonly name: DashboardSetting; readonly value: number | string };

/** One question of a round, or its end. */
export interface RoundPage {
  readonly title: string;
  /** 'Question 3 of 12', or that the round is over. */
  readonly progress: string;
  /** Absent at the end. */
  readonly question?: { readonly sentence: string; readonly from: string };
  /** Whether there is a question before this one. */
  readonly canGoBack: boolean;
  /** How often each reading would have been right; absent before the first answer. */
  readonly tally?: string;
  /** Whether the writer's own reading is shown by now, and why. */
  readonly note: string;
  readonly texts: {
    readonly ask: string;
    /** From very negative to very positive, then no tone: keys 1 to 5 and 0. */
    readonly answers: readonly { readonly key: string; readonly text: string; readonly valence: number }[];
    readonly skip: string;
    readonly back: string;
    readonly end: string;
    readonly again: string;
    readonly help: string;
  };
}

export type ToRoundPage =
  | { readonly kind: "page"; readonly page: RoundPage }
  /** Nothing to ask, with the reason, or that sentences are read; `again` is on a button that begins anew. */
  | { readonly kind: "message"; readonly title: string; readonly text: string; readonly again?: string };

export type FromRoundPage =
  | { readonly kind: "ready" | "end" }
  | { readonly kind: "step"; readonly step: RoundStep };
