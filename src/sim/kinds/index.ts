import type { KindDefinition } from "../apiserver/kind";
import { KindRegistry } from "../apiserver/registry";
import {
  mutatingWebhookConfiguration,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  validatingWebhookConfiguration,
} from "./admission-registration";
import { apiService } from "./api-service";
import { selfSubjectReview, tokenReview } from "./authentication";
import {
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
} from "./authorization";
import { certificateSigningRequest } from "./certificate-signing-request";
import { componentStatus } from "./component-status";
import { configMap } from "./config-map";
import { controllerRevision } from "./controller-revision";
import { cronJob } from "./cron-job";
import { customResourceDefinition } from "./custom-resource-definition";
import { daemonSet } from "./daemon-set";
import { deployment } from "./deployment";
import { endpointSlice } from "./endpoint-slice";
import { endpoints } from "./endpoints";
import { event } from "./event";
import { eventV1 } from "./event/events-v1";
import { horizontalPodAutoscaler, horizontalPodAutoscalerV1 } from "./horizontal-pod-autoscaler";
import { ingress } from "./ingress";
import { ingressClass } from "./ingress-class";
import { ipAddress } from "./ip-address";
import { job } from "./job";
import { lease } from "./lease";
import { limitRange } from "./limit-range";
import { namespace } from "./namespace";
import { networkPolicy } from "./network-policy";
import { node } from "./node";
import { persistentVolume } from "./persistent-volume";
import { persistentVolumeClaim } from "./persistent-volume-claim";
import { pod } from "./pod";
import { podDisruptionBudget } from "./pod-disruption-budget";
import { podTemplate } from "./pod-template";
import { priorityClass } from "./priority-class";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "./rbac";
import { replicaSet } from "./replica-set";
import { replicationController } from "./replication-controller";
import { resourceQuota } from "./resource-quota";
import { runtimeClass } from "./runtime-class";
import { decodeNulls } from "./schema";
import { secret } from "./secret";
import { service } from "./service";
import { serviceAccount } from "./service-account";
import { serviceCidr } from "./service-cidr";
import { statefulSet } from "./stateful-set";
import { csiDriver, csiNode, csiStorageCapacity, storageClass, volumeAttachment } from "./storage";

/** Decoding comes before defaulting: what a manifest sets to null counts as left out. */
const decoded = (kind: KindDefinition): KindDefinition => ({
  ...kind,
  setDefaults(draft) {
    decodeNulls(draft);
    kind.setDefaults?.(draft);
  },
});

/** Every built-in kind, in the order of discovery. */
export const kinds = new KindRegistry(
  [
    namespace,
    node,
    pod,
    service,
    endpoints,
    endpointSlice,
    configMap,
    secret,
    persistentVolume,
    persistentVolumeClaim,
    event,
    eventV1,
    serviceAccount,
    replicationController,
    replicaSet,
    deployment,
    statefulSet,
    daemonSet,
    controllerRevision,
    podTemplate,
    job,
    cronJob,
    horizontalPodAutoscaler,
    horizontalPodAutoscalerV1,
    podDisruptionBudget,
    ingress,
    ingressClass,
    networkPolicy,
    serviceCidr,
    ipAddress,
    storageClass,
    volumeAttachment,
    csiDriver,
    csiNode,
    csiStorageCapacity,
    lease,
    limitRange,
    resourceQuota,
    priorityClass,
    runtimeClass,
    certificateSigningRequest,
    mutatingWebhookConfiguration,
    validatingAdmissionPolicy,
    validatingAdmissionPolicyBinding,
    validatingWebhookConfiguration,
    customResourceDefinition,
    apiService,
    componentStatus,
    selfSubjectReview,
    tokenReview,
    localSubjectAccessReview,
    selfSubjectAccessReview,
    selfSubjectRulesReview,
    subjectAccessReview,
    clusterRole,
    clusterRoleBinding,
    role,
    roleBinding,
  ].map(decoded),
);
