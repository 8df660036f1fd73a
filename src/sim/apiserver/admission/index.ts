import type { AdmissionPlugin } from "./admission";
import { defaultTolerationSeconds } from "./default-tolerations";
import { namespaceLifecycle } from "./namespace-lifecycle";
import { priority } from "./priority";
import { serviceAccount } from "./service-account";

/** All plugins, in upstream's order (pkg/kubeapiserver/options/plugins.go). */
export const admissionPlugins: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  serviceAccount,
  priority,
  defaultTolerationSeconds,
];
