import type { Fields } from "../../front-matter/fields.ts";
import type { FrontMatter } from "../../front-matter/front-matter.ts";
import type { Part, Prose } from "../document.ts";
import { BrokenDocumentError } from "../errors.ts";
import type { Format, LiveProse } from "../formats/format.ts";
import { headOf, type ParsedSource } from "../parse-document.ts";

/** A text that an editor has open, taken apart in steps, and after an edit only where it has changed. */
export class LiveSource {
  readonly fields: Fields;
  readonly frontMatter: FrontMatter | undefined;
  readonly #prose: LiveProse;
  #whole: ParsedSource | undefined;

  /**
   * Throws BrokenDocumentError.
   * @param former the version before, if there is one
   */
  constructor(source: string, path: string, format: Format, former?: LiveSource) {
    const { fields, frontMatter } = headOf(source, path, format);
    this.fields = fields;
    this.frontMatter = frontMatter;
    const bodyStart = frontMatter?.end ?? 0;
    const fault = format.fault?.(source.slice(bodyStart));
    if (fault !== undefined) throw new BrokenDocumentError(path, fault);
    this.#prose =
      format.open?.(source, bodyStart, "en", former === undefined ? undefined : former.#prose) ??
      new ProseAtOnce(() => format.read(source, bodyStart, "en"));
  }

  /** How much of it has been read, from 0 to 1. */
  get share(): number {
    return this.#prose.share;
  }

  /** Reads on for some milliseconds; false once all is read. */
  advance(): boolean {
    return this.#prose.advance();
  }

  /** What stands about an offset; undefined where nothing can be told yet. */
  around(offset: number): ParsedSource | undefined {
    if (this.#whole !== undefined || this.share === 1) return this.whole;
    const prose = this.#prose.around(offset);
    return prose && this.#withHead(prose);
  }

  /** Whether a hashtag may stand at an offset, about which something can be told already. */
  takesHashtag(at: number): boolean {
    return this.#prose.takesHashtag?.(at) === true;
  }

  /** All of it, where something is left to read at one go. */
  get whole(): ParsedSource {
    while (this.#prose.advance());
    this.#whole ??= this.#withHead(this.#prose.prose);
    return this.#whole;
  }

  #withHead(prose: Prose): ParsedSource {
    const { fields, frontMatter } = this;
    if (frontMatter === undefined) return { ...prose, fields };
    const part: Part = { kind: "frontMatter", start: frontMatter.start, end: frontMatter.end };
    return { ...prose, parts: [part, ...prose.parts], fields, frontMatter };
  }
}

/** That of a format which knows no steps. */
class ProseAtOnce implements LiveProse {
  readonly #read: () => Prose;
  #prose: Prose | undefined;

  constructor(read: () => Prose) {
    this.#read = read;
  }

  get share(): number {
    return this.#prose === undefined ? 0 : 1;
  }

  advance(): boolean {
    this.#prose ??= this.#read();
    return false;
  }

  around(): Prose | undefined {
    return this.#prose;
  }

  get prose(): Prose {
    this.advance();
    return this.#prose!;
  }
}
