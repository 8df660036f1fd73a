import type { Resource } from "../api/discovery";

/** Kinds that the cluster's users defined themselves know no strategic merge. */
export const knowsMerging = ({ group }: Pick<Resource, "group">): boolean =>
  !group.includes(".") || group.endsWith(".k8s.io");
