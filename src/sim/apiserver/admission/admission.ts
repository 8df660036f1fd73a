import type { KubeObject, UserInfo } from "../../types";
import type { KindDefinition } from "../kind";

export interface AdmissionRequest {
  verb: "create" | "update" | "delete";
  kind: KindDefinition;
  /** May be changed by mutating plugins. */
  draft: KubeObject;
  old?: KubeObject;
  user: UserInfo;
  options: { subresource?: string; dryRun?: boolean };
}

/** An admission plugin: throws a StatusError to refuse. */
export interface Admission {
  name: string;
  admit(request: AdmissionRequest): void;
}

export function admit(plugins: readonly Admission[], request: AdmissionRequest): void {
  for (const plugin of plugins) plugin.admit(request);
}
