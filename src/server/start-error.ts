/** Why Podium cannot start, in one line that tells what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** Ends the process: one line for what an operator can mend, the whole stack for what is a fault of ours. */
export function failToStart(error: unknown): never {
  if (error instanceof StartError) console.error(`Podium cannot start: ${error.message}`);
  else console.error(error);
  process.exit(1);
}
