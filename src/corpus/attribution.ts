import { posix } from "node:path";
import { authorKey } from "./authors.ts";
import { comparePaths, isWithin } from "./files/paths.ts";

/** A document and who signed it. */
export interface SignedDocument {
  readonly path: string;
  /** Empty: it names nobody. */
  readonly authors: readonly string[];
}

/** Whose text is wanted. */
export interface AuthorWish {
  /** Somebody said so; nobody else's text is taken then. */
  readonly author?: string | undefined;
  /** Names to try in this order where nobody said so; the empty one stands for the one who names nobody. */
  readonly guesses?: readonly string[] | undefined;
  /** Documents that the author wrote together with others count as well. */
  readonly coAuthors?: boolean | undefined;
}

export interface AuthorCount {
  /** The usual spelling; empty for documents that name nobody and are nobody's who is named. */
  readonly name: string;
  readonly documents: number;
}

export interface Attribution {
  /** Whose text it is; empty: of somebody who is named nowhere. */
  readonly author: string;
  /** Of all documents that have one author, most first. */
  readonly authors: readonly AuthorCount[];
  /** Documents of others, and those written together with others unless they count. */
  readonly others: ReadonlyMap<string, "other" | "together">;
}

/** Stands for the one who names nobody. */
const UNSIGNED = "";

/** Largest share of documents with a name at which names are taken for those of guests. */
const guestShare = 0.1;

interface Signature {
  readonly path: string;
  /** Keys of its authors. */
  readonly authors: readonly string[];
  /** The chosen folder that it lies in. */
  readonly folder: string;
}

/**
 * Decides whose documents are whose. These are the rules; docs/privacy.md tells them to the writer.
 *
 * 1. A document belongs to the one author that it names. One that names several is left out, unless co-authors count.
 * 2. A document that names nobody belongs to the author named most often in the nearest folder around it, up to the
 *    chosen one. It belongs to whoever is learned where at most one in ten documents of the chosen folder names
 *    anybody (there a name is the exception, as guests have it), and where whoever is asked for is named nowhere.
 * 3. Who is asked for is learned; else the first guess that fits; else who is named most in folders where names are
 *    the rule, the first by name of several; where nobody wrote alone, who is named most; else the one who names nobody.
 *
 * @param folders the chosen ones
 */
export function attribute(
  documents: readonly SignedDocument[],
  folders: readonly string[],
  wish: AuthorWish,
): Attribution {
  const signatures = documents.map(({ path, authors }) => ({
    path,
    authors: authors.map(authorKey),
    folder: innermost(folders, path),
  }));
  const asked = wish.author === undefined ? undefined : authorKey(wish.author);
  const { owners, counted } = ownersOf(signatures, asked);
  const single = [...owners.values()].filter((owner) => owner !== undefined);
  // Where nobody wrote alone it is one of those who wrote together.
  const together = single.length > 0 ? [] : signatures.flatMap(({ authors }) => authors);
  const candidates = new Set([...single, ...together]);
  const guess = wish.guesses?.map((name) => authorKey(name)).find((key) => candidates.has(key));
  const own =
    asked ??
    guess ??
    countsOf([...counted, ...together])
      .keys()
      .next().value ??
    UNSIGNED;
  const others = new Map<string, "other" | "together">();
  for (const { path, authors } of signatures) {
    const owner = owners.get(path);
    const isTogether = owner === undefined && authors.includes(own);
    if (owner === own || owner === UNSIGNED || (isTogether && wish.coAuthors === true)) continue;
    others.set(path, isTogether ? "together" : "other");
  }
  const spellings = spellingsOf(documents);
  const nameOf = (key: string) => spellings.get(key) ?? (key === asked ? wish.author! : key);
  const belonging = single.map((owner) => (owner === UNSIGNED ? own : owner));
  return {
    author: nameOf(own),
    authors: Array.from(countsOf(belonging), ([key, count]) => ({ name: nameOf(key), documents: count })),
    others,
  };
}

function innermost(folders: readonly string[], path: string): string {
  const around = folders.filter((folder) => isWithin(folder, path));
  return around.reduce((deepest, folder) => (folder.length > deepest.length ? folder : deepest), "");
}

/**
 * The owner of each document: undefined where it has several, unsigned where it is whoever's is learned. `counted`
 * are those that say who that is.
 */
function ownersOf(signatures: readonly Signature[], asked: string | undefined) {
  const owners = new Map<string, string | undefined>();
  const counted: string[] = [];
  const isAskedForNamed = signatures.some(({ authors }) => authors.includes(asked ?? UNSIGNED));
  for (const inside of Map.groupBy(signatures, ({ folder }) => folder).values()) {
    const signed = inside.filter(({ authors }) => authors.length > 0).length;
    const areFree = signed <= guestShare * inside.length || (asked !== undefined && !isAskedForNamed);
    const nearest = nearestAuthor(inside, asked);
    for (const { path, authors } of inside) {
      const [first, second] = authors;
      const unnamed = areFree ? UNSIGNED : nearest(path);
      const owner = first === undefined ? unnamed : second === undefined ? first : undefined;
      owners.set(path, owner);
      if (owner !== undefined && owner !== UNSIGNED && !areFree) counted.push(owner);
    }
  }
  return { owners, counted };
}

/** For a document of one chosen folder: who is named most often around it. */
function nearestAuthor(inside: readonly Signature[], asked: string | undefined): (path: string) => string {
  const named = new Map<string, string[]>();
  for (const { path, authors } of inside) {
    if (authors.length !== 1) continue;
    for (const folder of foldersAround(path)) {
      const found = named.get(folder);
      if (found === undefined) named.set(folder, [authors[0]!]);
      else found.push(authors[0]!);
    }
  }
  const most = new Map(Array.from(named, ([folder, authors]) => [folder, mostFrequent(authors, asked)]));
  // All of them lie in one chosen folder, so nobody outside of it is found.
  return (path) =>
    foldersAround(path)
      .map((folder) => most.get(folder))
      .find((author) => author !== undefined) ?? UNSIGNED;
}

/** Innermost first. */
function foldersAround(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); folders.at(-1) !== folder; folder = posix.dirname(folder)) {
    folders.push(folder);
  }
  return folders;
}

/** Of several that are named equally often the one asked for. */
function mostFrequent(authors: readonly string[], asked: string | undefined): string {
  const counts = countsOf(authors);
  const [first, most] = counts.entries().next().value!;
  return asked !== undefined && counts.get(asked) === most ? asked : first;
}

/** Most first, then by key. */
function countsOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = Map.groupBy(keys, (key) => key);
  return new Map(
    Array.from(counts, ([key, of]) => [key, of.length] as const).sort(
      ([a, counted], [b, other]) => other - counted || comparePaths(a, b),
    ),
  );
}

/** The spelling that is used most for each key. */
function spellingsOf(documents: readonly SignedDocument[]): ReadonlyMap<string, string> {
  const names = countsOf(documents.flatMap(({ authors }) => authors));
  const spellings = new Map<string, string>();
  for (const name of names.keys()) {
    const key = authorKey(name);
    if (!spellings.has(key)) spellings.set(key, name);
  }
  return spellings;
}
