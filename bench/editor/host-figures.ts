/** Times of calls as an extension sees them, in milliseconds. */
export interface HostTimes {
  readonly hoverMs: readonly number[];
  readonly completionMs: readonly number[];
  /** Delay of the extension host's event loop, 99th percentile of each round. */
  readonly eventLoopP99Ms: readonly number[];
}

/** Measured in one extension host, in turns with learning off and on. */
export interface HostFigures {
  readonly off: HostTimes;
  readonly on: HostTimes;
}
