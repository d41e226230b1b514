/** Calls back once nothing has happened for a while; something that happens begins the wait anew. */
export interface IdleTimer {
  restart(): void;
  stop(): void;
}

/** Begins to wait with the first `restart`. Does not keep the process alive. */
export function startIdleTimer(waitMs: number, onIdle: () => void): IdleTimer {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    restart() {
      timer ??= setTimeout(onIdle, waitMs).unref();
      timer.refresh();
    },
    stop,
  };
}
