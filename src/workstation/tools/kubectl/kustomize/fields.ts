/** Where transformers work: kustomize's default configuration as data. Paths as `visitPath` takes them. */
export interface FieldRule {
  kinds: readonly string[];
  path: string;
  create: boolean;
}

const POD_HOLDERS: readonly { kinds: readonly string[]; spec: string }[] = [
  { kinds: ["Pod"], spec: "spec" },
  {
    kinds: ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job", "ReplicationController"],
    spec: "spec/template/spec",
  },
  { kinds: ["CronJob"], spec: "spec/jobTemplate/spec/template/spec" },
  { kinds: ["PodTemplate"], spec: "template/spec" },
];

const TEMPLATED = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"];

const rules = (kinds: readonly string[], create: boolean, ...paths: string[]): FieldRule[] =>
  paths.map((path) => ({ kinds, path, create }));

const SPREAD = [
  "affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution[]/podAffinityTerm/labelSelector/matchLabels",
  "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution[]/labelSelector/matchLabels",
  "affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution[]/podAffinityTerm/labelSelector/matchLabels",
  "affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution[]/labelSelector/matchLabels",
  "topologySpreadConstraints[]/labelSelector/matchLabels",
];

/** Labels of the pods that a kind makes. */
export const TEMPLATE_LABELS: readonly FieldRule[] = [
  ...rules([...TEMPLATED, "Job", "ReplicationController"], true, "spec/template/metadata/labels"),
  ...rules(["CronJob"], true, "spec/jobTemplate/metadata/labels", "spec/jobTemplate/spec/template/metadata/labels"),
  ...rules(["StatefulSet"], true, "spec/volumeClaimTemplates[]/metadata/labels"),
];

/** Selectors, besides the labels that they select. */
export const SELECTORS: readonly FieldRule[] = [
  ...rules(["Service", "ReplicationController"], true, "spec/selector"),
  ...rules(TEMPLATED, true, "spec/selector/matchLabels"),
  ...rules(TEMPLATED, false, ...SPREAD.map((path) => `spec/template/spec/${path}`)),
  ...rules(["Job", "PodDisruptionBudget"], false, "spec/selector/matchLabels"),
  ...rules(["CronJob"], false, "spec/jobTemplate/spec/selector/matchLabels"),
  ...rules(
    ["NetworkPolicy"],
    false,
    "spec/podSelector/matchLabels",
    "spec/ingress[]/from[]/podSelector/matchLabels",
    "spec/egress[]/to[]/podSelector/matchLabels",
  ),
];

export const ANNOTATIONS: readonly FieldRule[] = [
  ...rules([...TEMPLATED, "Job", "ReplicationController"], true, "spec/template/metadata/annotations"),
  ...rules(
    ["CronJob"],
    true,
    "spec/jobTemplate/metadata/annotations",
    "spec/jobTemplate/spec/template/metadata/annotations",
  ),
];

export const REPLICAS: readonly FieldRule[] = rules(
  ["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"],
  true,
  "spec/replicas",
);

const inPods = (...paths: string[]): FieldRule[] =>
  POD_HOLDERS.flatMap(({ kinds, spec }) => paths.map((path) => ({ kinds, path: `${spec}/${path}`, create: false })));

const inContainers = (path: string): string[] =>
  ["containers", "initContainers", "ephemeralContainers"].map((list) => `${list}[]/${path}`);

export const IMAGES: readonly FieldRule[] = inPods(...inContainers("image"));

/** Fields that hold the name of a resource of a kind. */
export const REFERENCES: Readonly<Record<string, readonly FieldRule[]>> = {
  ConfigMap: inPods(
    "volumes[]/configMap/name",
    "volumes[]/projected/sources[]/configMap/name",
    ...inContainers("env[]/valueFrom/configMapKeyRef/name"),
    ...inContainers("envFrom[]/configMapRef/name"),
  ),
  Secret: [
    ...inPods(
      "volumes[]/secret/secretName",
      "volumes[]/projected/sources[]/secret/name",
      "imagePullSecrets[]/name",
      ...inContainers("env[]/valueFrom/secretKeyRef/name"),
      ...inContainers("envFrom[]/secretRef/name"),
    ),
    ...rules(["ServiceAccount"], false, "imagePullSecrets[]/name"),
    ...rules(["Ingress"], false, "spec/tls[]/secretName"),
  ],
  Service: [
    ...rules(["StatefulSet"], false, "spec/serviceName"),
    ...rules(["Ingress"], false, "spec/rules[]/http/paths[]/backend/service/name", "spec/defaultBackend/service/name"),
    ...rules(["APIService"], false, "spec/service/name"),
    ...rules(
      ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
      false,
      "webhooks[]/clientConfig/service/name",
    ),
  ],
  ServiceAccount: inPods("serviceAccountName"),
  PersistentVolumeClaim: inPods("volumes[]/persistentVolumeClaim/claimName"),
  PersistentVolume: rules(["PersistentVolumeClaim"], false, "spec/volumeName"),
  PriorityClass: inPods("priorityClassName"),
  StorageClass: [
    ...rules(["PersistentVolume", "PersistentVolumeClaim"], false, "spec/storageClassName"),
    ...rules(["StatefulSet"], false, "spec/volumeClaimTemplates[]/spec/storageClassName"),
  ],
  IngressClass: rules(["Ingress"], false, "spec/ingressClassName"),
};

/** Kinds whose own name no prefix or suffix touches. */
export const FIXED_NAMES = new Set(["Namespace", "CustomResourceDefinition", "APIService"]);

/** The order in which `kubectl kustomize` prints; kinds in neither list stand between, by kind. */
export const FIRST_KINDS: readonly string[] = [
  "Namespace",
  "ResourceQuota",
  "StorageClass",
  "CustomResourceDefinition",
  "ServiceAccount",
  "PodSecurityPolicy",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "ConfigMap",
  "Secret",
  "Endpoints",
  "Service",
  "LimitRange",
  "PriorityClass",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Deployment",
  "StatefulSet",
  "CronJob",
  "PodDisruptionBudget",
];
export const LAST_KINDS: readonly string[] = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
