/** A file of JSON lines is damaged, or none. */
export class LineFileError extends Error {
  override readonly name = "LineFileError";
  readonly advice =
    "Copy it again from where it was made, and give JSON lines as they are or packed with gzip.";

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`${path} cannot be read: ${problem}`, options);
  }
}
