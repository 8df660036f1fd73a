import type { Compared } from "./run";

/** The first line of each stream in which the two outputs part. */
export function firstDifference({ line, real, ours }: Compared): string {
  const parts = [`$ ${line}`];
  if (real.exit !== ours.exit) parts.push(`  exit: ${real.exit}, ours ${ours.exit}`);
  for (const stream of ["stdout", "stderr"] as const) {
    const [left, right] = [real[stream].split("\n"), ours[stream].split("\n")];
    const at = left.findIndex((text, index) => text !== right[index]);
    const place = at >= 0 ? at : left.length;
    if (real[stream] !== ours[stream])
      parts.push(
        `  ${stream} line ${place + 1}`,
        `    stock: ${left[place] ?? "(end)"}`,
        `    ours:  ${right[place] ?? "(end)"}`,
      );
  }
  return parts.join("\n");
}

/** All that both printed. */
export function wholeOutputs({ line, real, ours }: Compared): string {
  const parts = [`$ ${line}`];
  for (const stream of ["exit", "stdout", "stderr"] as const)
    if (real[stream] !== ours[stream])
      parts.push(`--- ${stream} of the stock kubectl`, String(real[stream]), "--- ours", String(ours[stream]));
  return parts.join("\n");
}
