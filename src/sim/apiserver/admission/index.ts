import type { AdmissionPlugin } from "./admission";
import { certificateApproval, certificateSigning, certificateSubjectRestriction } from "./certificates";
import { defaultTolerationSeconds } from "./default-tolerations";
import { defaultIngressClass, ingressNginxWebhook } from "./ingress";
import { limitRanger } from "./limit-ranger";
import { namespaceLifecycle } from "./namespace-lifecycle";
import { podSecurity } from "./pod-security";
import { validatingAdmissionPolicyPlugin } from "./policy";
import { priority } from "./priority";
import { resourceQuota } from "./resource-quota";
import { roleEscalation } from "./role-escalation";
import { runtimeClass } from "./runtime-class";
import { serviceAccount } from "./service-account";
import { defaultStorageClass, storageObjectInUseProtection } from "./storage";

/** All plugins, in upstream's order (pkg/kubeapiserver/options/plugins.go). */
export const admissionPlugins: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  roleEscalation,
  defaultStorageClass,
  storageObjectInUseProtection,
  runtimeClass,
  certificateApproval,
  certificateSigning,
  certificateSubjectRestriction,
  defaultIngressClass,
  validatingAdmissionPolicyPlugin,
  ingressNginxWebhook,
  resourceQuota,
];
