import { NodeProp } from "@lezer/common";
import type { PartKind } from "../../document.ts";

/**
 * What a kind of node is to a reader: a part that is none of the writer's words, or a mark, which is passed over.
 * A kind without this is read. Dialects give it to their own kinds with `props: [reading.add({ … })]`.
 */
export const reading = new NodeProp<PartKind | "mark">();

/** What a reader sees in the place of such a node, given as it is written; absent: what is written in it. */
export const shownAs = new NodeProp<(written: string) => string>();
