#!/usr/bin/env node
import { runCommandLine } from "./command-line.ts";
import { exitCodes } from "./errors.ts";
import { processSurroundings } from "./surroundings.ts";

for (const stream of [process.stdout, process.stderr]) stream.on("error", outlastReader);

const code = await runCommandLine(process.argv.slice(2), processSurroundings);
process.exitCode ??= code;

/** Whoever reads may stop, as `head` does: then the work is finished in silence. A full disk is told. */
function outlastReader(cause: NodeJS.ErrnoException): void {
  if (cause.code === "EPIPE") return;
  process.stderr.write(`idiolect: The output cannot be written: ${cause.message}.\n`);
  process.exitCode = exitCodes.failed;
}
