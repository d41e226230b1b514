/** Exit codes of the command line; docs/cli.md lists them. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noProfile: 3, cancelled: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command cannot be carried out as it was given. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A command needs a learned profile, and there is none. */
export class NoProfileError extends Error {
  override readonly name = "NoProfileError";

  constructor(what: string, advice = "Learn a writer first: idiolect learn <folder>") {
    super(`${what} ${advice}`);
  }
}

export function nothingLearned({ name }: { readonly name: string }): NoProfileError {
  return new NoProfileError(`Nothing has been learned of ${name} yet.`);
}

export function otherModelLearned({ name }: { readonly name: string }): NoProfileError {
  return new NoProfileError(
    `${name} was learned with another base model, such as a former one, and what was learned does not fit this one.`,
    "Learn anew: idiolect learn. Documents, consent and lessons are all there.",
  );
}

/** A folder that is measured on holds too little for that. */
export class TooLittleTextError extends Error {
  override readonly name = "TooLittleTextError";

  constructor(what: string) {
    super(`${what} Name a folder with more documents of one writer.`);
  }
}

/** The lab's file does not lie beside the program. */
export class LabMissingError extends Error {
  override readonly name = "LabMissingError";
  readonly advice =
    "It comes with a clone of the project, where npm run build makes it, and with the package that npm pack makes there.";

  constructor(cause: unknown) {
    super("The lab is not a part of this installation", { cause });
  }
}

/** Ctrl-C, after what could be kept was kept. */
export class CancelledError extends Error {
  override readonly name = "CancelledError";
}
