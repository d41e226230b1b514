/** Results go to standard output. */
export function say(text: string): void {
  console.log(text);
}

/** Tells on a terminal how far a measurement is; the line goes away with the next. */
export function sayProgress(title: string, total: number): (done: number) => void {
  if (!process.stderr.isTTY) {
    return () => undefined;
  }
  const short = title.slice(0, 60);
  return (done) => {
    process.stderr.write(`\r\x1b[K${done >= total ? "" : `${short} ${Math.max(0, done)}/${total}`}`);
  };
}
