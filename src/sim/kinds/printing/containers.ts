/** Names and images of containers, joined by commas, as the wide columns of workloads show them. */
export function containerCells(containers: readonly { name?: string; image?: string }[] | undefined): [string, string] {
  const list = containers ?? [];
  return [list.map(({ name }) => name ?? "").join(","), list.map(({ image }) => image ?? "").join(",")];
}
