/**
 * How lists and maps of the built-in types merge: the facts that upstream's types carry as `+listType`, `+listMapKey`,
 * `+structType` and `+mapType` markers (kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy).
 * A list that is not named here is atomic, a map or struct is not.
 */

/** Lists whose entries have an identity: their keys, or `set` where an entry is its own. By type and field. */
const LISTS = `
admissionregistration.k8s.io/v1/MutatingWebhook.matchConditions name
admissionregistration.k8s.io/v1/MutatingWebhookConfiguration.webhooks name
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBindingSpec.validationActions set
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicySpec.matchConditions name
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicySpec.variables name
admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyStatus.conditions type
admissionregistration.k8s.io/v1/ValidatingWebhook.matchConditions name
admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration.webhooks name
apiextensions.k8s.io/v1/CustomResourceDefinitionStatus.conditions type
apiextensions.k8s.io/v1/JSONSchemaProps.x-kubernetes-validations rule
apiregistration.k8s.io/v1/APIServiceStatus.conditions type
apps/v1/DaemonSetStatus.conditions type
apps/v1/DeploymentStatus.conditions type
apps/v1/ReplicaSetStatus.conditions type
apps/v1/StatefulSetStatus.conditions type
autoscaling/v2/HorizontalPodAutoscalerStatus.conditions type
batch/v1/PodFailurePolicyOnExitCodesRequirement.values set
batch/v1/UncountedTerminatedPods.failed set
batch/v1/UncountedTerminatedPods.succeeded set
certificates.k8s.io/v1/CertificateSigningRequestStatus.conditions type
v1/ComponentStatus.conditions type
v1/Container.env name
v1/Container.ports containerPort,protocol
v1/Container.volumeDevices devicePath
v1/Container.volumeMounts mountPath
v1/ContainerStatus.allocatedResourcesStatus name
v1/ContainerStatus.volumeMounts mountPath
v1/EphemeralContainer.env name
v1/EphemeralContainer.ports containerPort,protocol
v1/EphemeralContainer.volumeDevices devicePath
v1/EphemeralContainer.volumeMounts mountPath
v1/NamespaceStatus.conditions type
v1/NodeSpec.podCIDRs set
v1/NodeStatus.addresses type
v1/NodeStatus.conditions type
v1/PersistentVolumeClaimStatus.conditions type
v1/PodSpec.containers name
v1/PodSpec.ephemeralContainers name
v1/PodSpec.hostAliases ip
v1/PodSpec.imagePullSecrets name
v1/PodSpec.initContainers name
v1/PodSpec.resourceClaims name
v1/PodSpec.schedulingGates name
v1/PodSpec.topologySpreadConstraints topologyKey,whenUnsatisfiable
v1/PodSpec.volumes name
v1/PodStatus.conditions type
v1/PodStatus.podIPs ip
v1/PodStatus.resourceClaimStatuses name
v1/ReplicationControllerStatus.conditions type
v1/ResourceRequirements.claims name
v1/ResourceStatus.resources resourceID
v1/ServiceAccount.secrets name
v1/ServiceSpec.ports port,protocol
v1/ServiceStatus.conditions type
discovery.k8s.io/v1/Endpoint.addresses set
networking.k8s.io/v1/ServiceCIDRStatus.conditions type
policy/v1/PodDisruptionBudgetStatus.conditions type
storage.k8s.io/v1/CSIDriverSpec.volumeLifecycleModes set
storage.k8s.io/v1/CSINodeSpec.drivers name
meta/v1/ObjectMeta.finalizers set
meta/v1/ObjectMeta.ownerReferences uid
`;

/** Structs that are replaced as a whole. */
const ATOMIC_TYPES = `
admissionregistration.k8s.io/v1/MatchResources
admissionregistration.k8s.io/v1/NamedRuleWithOperations
admissionregistration.k8s.io/v1/ParamKind
admissionregistration.k8s.io/v1/ParamRef
admissionregistration.k8s.io/v1/Variable
autoscaling/v1/CrossVersionObjectReference
v1/ConfigMapKeySelector
v1/EndpointAddress
v1/EndpointPort
v1/FileKeySelector
v1/LocalObjectReference
v1/NodeSelector
v1/NodeSelectorTerm
v1/ObjectFieldSelector
v1/ObjectReference
v1/ResourceFieldSelector
v1/ScopeSelector
v1/SecretKeySelector
v1/SecretReference
v1/TopologySelectorTerm
v1/TypedLocalObjectReference
discovery.k8s.io/v1/EndpointPort
networking.k8s.io/v1/ServiceBackendPort
rbac.authorization.k8s.io/v1/RoleRef
rbac.authorization.k8s.io/v1/Subject
meta/v1/LabelSelector
meta/v1/OwnerReference
`;

/** Maps that are replaced as a whole. */
const ATOMIC_MAPS = `
v1/PodSpec.nodeSelector
v1/ReplicationControllerSpec.selector
v1/ServiceSpec.selector
node.k8s.io/v1/Scheduling.nodeSelector
`;

/** Fields that are no lists in JSON, yet are marked as one: bytes, which are a list in Go, and, by a slip, a struct. */
const MARKED = `
meta/v1/Status.details
apiregistration.k8s.io/v1/APIServiceSpec.caBundle
certificates.k8s.io/v1/CertificateSigningRequestSpec.request
certificates.k8s.io/v1/CertificateSigningRequestStatus.certificate
`;

/** Lists that are not marked at all. */
const UNMARKED = `
meta/v1/APIResource.verbs
`;

/** Structs that are atomic elsewhere, but not as these fields, and a map that says that it is not. */
const SEPARABLE_FIELDS = `
v1/PersistentVolumeClaimStatus.allocatedResourceStatuses
v1/PersistentVolumeSpec.claimRef
`;

/**
 * Fields that hold a struct by value, and lists that are never left out: the Go type always has them, so an object in which nobody wrote them has them
 * empty, and setting something inside does not add the struct itself.
 */
const BY_VALUE = `
admissionregistration.k8s.io/v1/MutatingWebhook clientConfig
admissionregistration.k8s.io/v1/ValidatingWebhook clientConfig
apps/v1/DaemonSetSpec template updateStrategy
apps/v1/DeploymentSpec template strategy
apps/v1/ReplicaSetSpec template
apps/v1/StatefulSetSpec template updateStrategy
autoscaling/v1/HorizontalPodAutoscalerSpec scaleTargetRef
autoscaling/v2/HorizontalPodAutoscalerSpec scaleTargetRef
autoscaling/v2/ContainerResourceMetricSource target
autoscaling/v2/ContainerResourceMetricStatus current
autoscaling/v2/ExternalMetricSource metric target
autoscaling/v2/ExternalMetricStatus metric current
autoscaling/v2/ObjectMetricSource describedObject target metric
autoscaling/v2/ObjectMetricStatus metric current describedObject
autoscaling/v2/PodsMetricSource metric target
autoscaling/v2/PodsMetricStatus metric current
autoscaling/v2/ResourceMetricSource target
autoscaling/v2/ResourceMetricStatus current
batch/v1/CronJobSpec jobTemplate
batch/v1/JobSpec template
batch/v1/JobTemplateSpec metadata spec
v1/Container resources
v1/ContainerStatus state lastState
v1/EphemeralContainer resources
v1/Event metadata involvedObject source
v1/NodeDaemonEndpoints kubeletEndpoint
v1/NodeStatus daemonEndpoints nodeInfo
v1/PersistentVolumeClaimSpec resources
v1/PodSpec containers
v1/PersistentVolumeClaimTemplate metadata spec
v1/PodTemplate template
v1/PodTemplateSpec metadata spec
v1/PreferredSchedulingTerm preference
v1/ServiceStatus loadBalancer
v1/WeightedPodAffinityTerm podAffinityTerm
discovery.k8s.io/v1/Endpoint conditions
events.k8s.io/v1/Event regarding deprecatedSource
networking.k8s.io/v1/HTTPIngressPath backend
networking.k8s.io/v1/IngressServiceBackend port
networking.k8s.io/v1/IngressStatus loadBalancer
networking.k8s.io/v1/NetworkPolicySpec podSelector
rbac.authorization.k8s.io/v1/ClusterRoleBinding roleRef
rbac.authorization.k8s.io/v1/RoleBinding roleRef
storage.k8s.io/v1/VolumeAttachmentSpec source
`;

const lines = (text: string): string[] => text.trim().split("\n");

/** Keys of a list, or `set`, by `v1/PodSpec.containers`. */
export const listTypes: ReadonlyMap<string, string> = new Map(
  lines(LISTS).map((line) => line.split(" ") as [string, string]),
);

export const atomicTypes: ReadonlySet<string> = new Set(lines(ATOMIC_TYPES));
export const atomicMaps: ReadonlySet<string> = new Set(lines(ATOMIC_MAPS));
export const markedAtomic: ReadonlySet<string> = new Set(lines(MARKED));
export const separableFields: ReadonlySet<string> = new Set(lines(SEPARABLE_FIELDS));

export const unmarkedLists: ReadonlySet<string> = new Set(lines(UNMARKED));

/** By `v1/Container.resources`. */
export const structsByValue: ReadonlySet<string> = new Set(
  lines(BY_VALUE).flatMap((line) => {
    const [type, ...fields] = line.split(" ");
    return fields.map((field) => `${type}.${field}`);
  }),
);

/** What a key of a list's entry is where the entry leaves it out, by field name. */
export const KEY_DEFAULTS: Readonly<Record<string, string>> = { protocol: "TCP" };
