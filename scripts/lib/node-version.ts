const REQUIRED = [20, 19] as const;

/** Podium on an older Node fails in strange places; this says it plainly. */
export function demandNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1])) return;
  console.error(`Podium needs Node ${REQUIRED.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
