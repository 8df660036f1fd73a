import type { Sim } from "../../component";
import type { KubeObject, UserInfo } from "../../types";
import type { KindDefinition } from "../kind";

/** What a plugin is asked about. */
export interface AdmissionRequest {
  verb: "create" | "update" | "delete" | "connect";
  /** The stored kind, whatever version the request was in. */
  kind: KindDefinition;
  /** Empty for the object itself. */
  subresource: string;
  /** What shall be stored: plugins may change it while they mutate. On delete it is the object that goes. */
  draft: KubeObject;
  old?: KubeObject;
  user: UserInfo;
  dryRun: boolean;
  /** Store, kinds, time, random names: the cluster around the request. */
  sim: Sim;
  /** Goes with the answer as a `Warning` header. */
  warn(text: string): void;
}

/**
 * An admission plugin under upstream's name: either phase may throw a StatusError to refuse. All plugins mutate before
 * the kind's own rules run; all validate after these, right before the object is stored.
 */
export interface AdmissionPlugin {
  name: string;
  mutate?(request: AdmissionRequest): void;
  validate?(request: AdmissionRequest): void;
}

/** Is handed the same kind of object as plugins of core: a pod itself, not one of its subresources. */
export const isPod = ({ kind, subresource }: AdmissionRequest): boolean =>
  kind.kind === "Pod" && kind.group === "" && subresource === "";
