import { describeHorizontalPodAutoscaler } from "./autoscaler";
import { describeCertificateSigningRequest } from "./certificate";
import { describeConfigMap, describeNamespace, describeSecret, describeServiceAccount } from "./configuration";
import { describePodDisruptionBudget } from "./disruption-budget";
import { describeGeneric } from "./generic";
import { describeIngress, describeIngressClass, describeIpAddress, describeServiceCidr } from "./ingress";
import { describeCronJob, describeJob } from "./jobs";
import { describeNetworkPolicy } from "./network-policy";
import { describeNode } from "./node";
import { describePod } from "./pod";
import { describeLimitRange, describePriorityClass, describeResourceQuota } from "./policy";
import { describeRole, describeRoleBinding } from "./rbac";
import { describeEndpointSlice, describeEndpoints, describeService } from "./services";
import { describeDaemonSet, describeStatefulSet } from "./sets";
import { describePersistentVolume, describePersistentVolumeClaim, describeStorageClass } from "./storage";
import type { Describer, World } from "./types";
import { describeDeployment, describeReplicaSet, describeReplicationController } from "./workloads";
import { Writer } from "./writer";

/** Kind and group -> describer. */
const DESCRIBERS: Record<string, Describer> = {
  "CertificateSigningRequest.certificates.k8s.io": describeCertificateSigningRequest,
  "ClusterRole.rbac.authorization.k8s.io": describeRole,
  "ClusterRoleBinding.rbac.authorization.k8s.io": describeRoleBinding,
  ConfigMap: describeConfigMap,
  "CronJob.batch": describeCronJob,
  "DaemonSet.apps": describeDaemonSet,
  "Deployment.apps": describeDeployment,
  Endpoints: describeEndpoints,
  "EndpointSlice.discovery.k8s.io": describeEndpointSlice,
  "HorizontalPodAutoscaler.autoscaling": describeHorizontalPodAutoscaler,
  "Ingress.networking.k8s.io": describeIngress,
  "IngressClass.networking.k8s.io": describeIngressClass,
  "IPAddress.networking.k8s.io": describeIpAddress,
  "Job.batch": describeJob,
  LimitRange: describeLimitRange,
  Namespace: describeNamespace,
  "NetworkPolicy.networking.k8s.io": describeNetworkPolicy,
  Node: describeNode,
  PersistentVolume: describePersistentVolume,
  PersistentVolumeClaim: describePersistentVolumeClaim,
  Pod: describePod,
  "PodDisruptionBudget.policy": describePodDisruptionBudget,
  "PriorityClass.scheduling.k8s.io": describePriorityClass,
  "ReplicaSet.apps": describeReplicaSet,
  ResourceQuota: describeResourceQuota,
  ReplicationController: describeReplicationController,
  "Role.rbac.authorization.k8s.io": describeRole,
  "RoleBinding.rbac.authorization.k8s.io": describeRoleBinding,
  Secret: describeSecret,
  Service: describeService,
  "StorageClass.storage.k8s.io": describeStorageClass,
  "ServiceCIDR.networking.k8s.io": describeServiceCidr,
  "StatefulSet.apps": describeStatefulSet,
  ServiceAccount: describeServiceAccount,
};

/** The whole description of an object, as `kubectl describe` prints it. */
export async function describeObject(
  kind: { group: string; kind: string },
  object: any,
  world: World,
): Promise<string> {
  const w = new Writer();
  await (DESCRIBERS[kind.group ? `${kind.kind}.${kind.group}` : kind.kind] ?? describeGeneric)(w, object, world);
  return w.aligned();
}

export type { World };
