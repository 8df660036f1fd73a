import type { KubeObject } from "../../types";
import { controllerOf, type OwnerReference } from "../controller-ref";

/** The CronJob that a Job belongs to, if any. */
export function ownerOf(job: Pick<KubeObject, "metadata">): OwnerReference | undefined {
  const owner = controllerOf(job);
  return owner?.kind === "CronJob" ? owner : undefined;
}
