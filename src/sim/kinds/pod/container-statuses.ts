/** What a pod's status says of one of its containers. */
export const containerStatus = <Status extends { name: string }>(
  statuses: readonly Status[],
  name: string,
): Status | undefined => statuses.find((status) => status.name === name);
