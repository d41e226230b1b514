/** A file's text. Offsets of a document count in `source`, byte order mark included. */
export interface Decoded {
  readonly kind: "text";
  readonly source: string;
  /** The encoding that was assumed where the file is not valid UTF-8 and names none. */
  readonly guessed?: "windows-1252";
  /** In UTF-8: how many stretches of bytes are none, each of which reads as U+FFFD. Absent: none. */
  readonly strays?: number;
}

/** How many bytes from the start are looked at to tell text from binary data. */
const SNIFFED_BYTES = 8192;
/** Text has hardly any control characters but tab, line ends and form feed. */
const MAX_CONTROL_SHARE = 0.02;

/**
 * Turns bytes into text: UTF-8, UTF-16 with a byte order mark, else Windows-1252 (a superset of
 * Latin-1, as the WHATWG Encoding Standard reads that label). Letters beyond ASCII that are well-formed UTF-8 are so by
 * chance hardly ever; where they are as many as the bytes that are none, the text is UTF-8 with damage.
 */
export function decodeText(bytes: Uint8Array): Decoded | { readonly kind: "binary" } {
  const utf16 = utf16Label(bytes);
  if (utf16 !== undefined) return { kind: "text", source: decodeAs(utf16, bytes) };
  if (looksBinary(bytes)) return { kind: "binary" };
  try {
    return { kind: "text", source: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const source = decodeAs("utf-8", bytes);
    const strays = source.split("\uFFFD").length - 1;
    const letters = source.match(/[^\0-\x7f\uFFFD\uFEFF]/gu)?.length ?? 0;
    if (letters >= strays) return { kind: "text", source, strays };
    return { kind: "text", source: decodeAs("windows-1252", bytes), guessed: "windows-1252" };
  }
}

function decodeAs(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
}

function utf16Label(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

function looksBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, SNIFFED_BYTES);
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) controls += 1;
  }
  return controls > head.length * MAX_CONTROL_SHARE;
}
