/**
 * How the lists and maps of built-in kinds merge (`patchStrategy` and `patchMergeKey` of the API's types). What is not
 * named here is replaced as a whole if it is a list, and merged member by member if it is an object.
 */
export interface MergeField {
  /** A list that merges by this key of its items; "" for lists of plain values. */
  mergeKey?: string;
  /** Members that the patch does not name in `$retainKeys` are dropped. */
  retainKeys?: boolean;
  /** An object that is replaced rather than merged. */
  replace?: boolean;
  /** Of the object itself, or of the list's items. */
  fields?: MergeSchema;
}
export type MergeSchema = { readonly [field: string]: MergeField };

const conditions: MergeSchema = { conditions: { mergeKey: "type" } };

const metadata: MergeField = { fields: { ownerReferences: { mergeKey: "uid" }, finalizers: { mergeKey: "" } } };

const container: MergeSchema = {
  ports: { mergeKey: "containerPort" },
  env: { mergeKey: "name" },
  volumeMounts: { mergeKey: "mountPath" },
  volumeDevices: { mergeKey: "devicePath" },
};

const podSpec: MergeSchema = {
  volumes: { mergeKey: "name", retainKeys: true },
  containers: { mergeKey: "name", fields: container },
  initContainers: { mergeKey: "name", fields: container },
  ephemeralContainers: { mergeKey: "name", fields: container },
  imagePullSecrets: { mergeKey: "name" },
  hostAliases: { mergeKey: "ip" },
  topologySpreadConstraints: { mergeKey: "topologyKey" },
  schedulingGates: { mergeKey: "name" },
  resourceClaims: { mergeKey: "name", retainKeys: true },
};

const containerStatus: MergeField = {
  fields: { allocatedResourcesStatus: { mergeKey: "name" }, volumeMounts: { mergeKey: "mountPath" } },
};

const podStatus: MergeSchema = {
  ...conditions,
  containerStatuses: containerStatus,
  ephemeralContainerStatuses: containerStatus,
  hostIPs: { mergeKey: "ip" },
  initContainerStatuses: containerStatus,
  podIPs: { mergeKey: "ip" },
  resourceClaimStatuses: { mergeKey: "name", retainKeys: true },
};

const template: MergeField = { fields: { metadata, spec: { fields: podSpec } } };
const workload: MergeSchema = { metadata, spec: { fields: { template } }, status: { fields: conditions } };

const byKind: Record<string, MergeSchema> = {
  Pod: { metadata, spec: { fields: podSpec }, status: { fields: podStatus } },
  PodTemplate: { metadata, template },
  Deployment: { ...workload, spec: { fields: { template, strategy: { retainKeys: true } } } },
  ReplicaSet: workload,
  ReplicationController: workload,
  DaemonSet: workload,
  StatefulSet: workload,
  Job: workload,
  CronJob: { metadata, spec: { fields: { jobTemplate: { fields: workload } } } },
  Service: { metadata, spec: { fields: { ports: { mergeKey: "port" } } }, status: { fields: conditions } },
  ServiceAccount: { metadata, secrets: { mergeKey: "name" } },
  Node: {
    metadata,
    spec: { fields: { podCIDRs: { mergeKey: "" } } },
    status: { fields: { ...conditions, addresses: { mergeKey: "type" } } },
  },
  CustomResourceDefinition: {
    metadata,
    spec: {
      fields: {
        versions: {
          fields: {
            schema: { fields: { openAPIV3Schema: { fields: { "x-kubernetes-validations": { mergeKey: "rule" } } } } },
          },
        },
      },
    },
  },
  ValidatingAdmissionPolicy: {
    metadata,
    spec: { fields: { matchConditions: { mergeKey: "name" }, variables: { mergeKey: "name" } } },
  },
  CSINode: { metadata, spec: { fields: { drivers: { mergeKey: "name" } } } },
  ComponentStatus: { metadata, ...conditions },
  PodDisruptionBudget: { metadata, spec: { fields: { selector: { replace: true } } }, status: { fields: conditions } },
  Namespace: { metadata, status: { fields: conditions } },
  PersistentVolumeClaim: { metadata, status: { fields: conditions } },
};

/** Kinds of which nothing but conditions merges. */
const CONDITIONED = ["APIService", "HorizontalPodAutoscaler", "ServiceCIDR"];
for (const kind of CONDITIONED) byKind[kind] = { metadata, status: { fields: conditions } };

const webhooks: MergeField = { mergeKey: "name", fields: { matchConditions: { mergeKey: "name" } } };
for (const kind of ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"])
  byKind[kind] = { metadata, webhooks };

const other: MergeSchema = { metadata };

/** The schema of a built-in kind; kinds without lists that merge share one. */
export function mergeSchemaOf(kind: string): MergeSchema {
  return byKind[kind] ?? other;
}
