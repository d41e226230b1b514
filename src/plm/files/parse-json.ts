/** Deeper than any file of a model; real ones have fewer than ten. */
const maximumDepth = 64;

/** JSON that would take seconds and gigabytes to parse; it was not parsed. */
export class JsonLimitError extends SyntaxError {
  override readonly name = "JsonLimitError";
}

const [quote, backslash, colon, openList, openObject, closeList, closeObject] = [...'"\\:[{]}'].map((sign) =>
  sign.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/**
 * Parses the JSON of a file that anybody may have made. Lists in lists by the million, and more entries of objects
 * than `maximumEntries`, are refused before they are parsed. Throws SyntaxError, or {@link JsonLimitError} of that kind.
 */
export function parseJson(bytes: Uint8Array, maximumEntries: number): unknown {
  let depth = 0;
  let entries = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (isText) {
      if (byte === backslash) at++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === colon) entries++;
    else if (byte === openList || byte === openObject) {
      if (++depth > maximumDepth) throw new JsonLimitError(`it nests more than ${maximumDepth} deep`);
    } else if (byte === closeList || byte === closeObject) depth--;
  }
  if (entries > maximumEntries) {
    throw new JsonLimitError(`it has ${entries} entries; ${maximumEntries} is the most`);
  }
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

/** What is wrong with it, after the name of the file; what the file says is not repeated. */
export function notJson(cause: unknown): string {
  if (cause instanceof JsonLimitError) return `cannot be read: ${cause.message}`;
  return cause instanceof SyntaxError || cause instanceof TypeError ? "is not JSON" : "cannot be read";
}
