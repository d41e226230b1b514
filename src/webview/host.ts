interface Host {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): Host;

/** The panel that shows this page: sends to it, and takes what comes from it. */
export function connectToHost<ToPage, FromPage>(
  take: (message: ToPage) => void,
): (message: FromPage) => void {
  const host = acquireVsCodeApi();
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => take(data));
  return (message) => host.postMessage(message);
}
