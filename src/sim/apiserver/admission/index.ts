import type { AdmissionPlugin } from "./admission";
import { defaultTolerationSeconds } from "./default-tolerations";
import { defaultIngressClass, ingressNginxWebhook } from "./ingress";
import { namespaceLifecycle } from "./namespace-lifecycle";
import { priority } from "./priority";
import { roleEscalation } from "./role-escalation";
import { serviceAccount } from "./service-account";

/** All plugins, in upstream's order (pkg/kubeapiserver/options/plugins.go). */
export const admissionPlugins: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  serviceAccount,
  priority,
  defaultTolerationSeconds,
  roleEscalation,
  defaultIngressClass,
  ingressNginxWebhook,
];
