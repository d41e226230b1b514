/** A peer process ended or answered something that is no answer. */
export class PeerError extends Error {
  override readonly name = "PeerError";

  constructor(peer: string, detail: string, options?: ErrorOptions) {
    super(`${peer}: ${detail} Run the benchmark without it, or start the peer by hand to see why.`, options);
  }
}

/** The command line's `learn` did not give what it promises. */
export class LearnFailedError extends Error {
  override readonly name = "LearnFailedError";

  constructor(folder: string, exitCode: number, detail: string) {
    super(`Learning ${folder} ended with code ${exitCode}: ${detail} Run the same command by hand.`);
  }
}
