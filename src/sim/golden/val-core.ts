import type { FieldError } from "../apiserver/status";
import { deepEqual } from "../kernel/freeze";
import { type EventVersion, validateEvent, validateEventUpdate, validateNewEvent } from "../kinds/event/validation";
import { validateNamespaceFinalizeUpdate, validateNamespaceUpdate } from "../kinds/namespace/validation";
import { validateAvoidPods, validateNodeAnnotations } from "../kinds/node/annotations";
import { validateNodeResources, validateNodeUpdate } from "../kinds/node/validation";
import { validateInlineVolumeSpec, validatePersistentVolumeSpec } from "../kinds/persistent-volume/validation";
import { validateClaimSpec, validateClaimTemplate } from "../kinds/persistent-volume-claim/spec-validation";
import { validateNewPod, validatePod } from "../kinds/pod/validation";
import {
  validateAppArmorAnnotations,
  validatePodAnnotations,
  validatePodAnnotationsUpdate,
  validateSeccompAnnotations,
  validateSeccompText,
} from "../kinds/pod/validation/annotations";
import { validateEnv, validateEnvFrom } from "../kinds/pod/validation/env";
import { ephemeralChanges } from "../kinds/pod/validation/ephemeral";
import { validatePodLogOptions } from "../kinds/pod/validation/log-options";
import { validateQuantity, validateResources } from "../kinds/pod/validation/resources";
import {
  validateMaxSkew,
  validateNodeFieldRequirement,
  validateNodeRequirement,
  validateNodeSelector,
  validateNodeTerm,
  validateNotRepeated,
  validatePreferredTerms,
  validateTolerations,
  validateTopologyKey,
  validateWhenUnsatisfiable,
} from "../kinds/pod/validation/scheduling";
import { validatePodSecurityContext, validateSecurityContext } from "../kinds/pod/validation/security-context";
import { validateHostAliases, validatePodSpec, validatePodTemplate } from "../kinds/pod/validation/spec";
import { validateContainerStates } from "../kinds/pod/validation/status";
import { validateContainersUpdate } from "../kinds/pod/validation/update";
import { validateVolumeDevices, validateVolumeMounts } from "../kinds/pod/validation/volume-mounts";
import { validateCsiDriver } from "../kinds/pod/validation/volume-sources";
import { validateVolumes } from "../kinds/pod/validation/volumes";
import { parseQuantity } from "../kinds/quantity";
import {
  validateNotEmpty,
  validateReplicationControllerSpec,
  validateReplicationControllerTemplate,
} from "../kinds/replication-controller/validation";
import {
  validateQuotaResourceName,
  validateResourceQuotaSpec,
  validateResourceQuotaStatus,
} from "../kinds/resource-quota/validation";
import { validateExternalTraffic } from "../kinds/service/validation";
import { validateSize } from "../kinds/storage/size";
import { immutable, invalid } from "../kinds/validation/field-error";
import { isSloppyCidr } from "../kinds/validation/ip";
import { validateAnnotations, validateMetadata, validateMetadataUpdate } from "../kinds/validation/metadata";
import { isDns1123Label, isDns1123Subdomain } from "../kinds/validation/names";
import { nonNegative, validatePortNumOrName } from "../kinds/validation/numbers";
import { validateReplicaStatus } from "../kinds/workloads/validation";
import type { GoldenCase } from "./cases";
import { asManifest, asObject } from "./manifest";
import { type Ask, callsSuite, differs } from "./suite";
import { asked, compareErrors, kindAsks, partOf, updateOf } from "./validation";

const names =
  (check: (value: string) => string[]): Ask =>
  ({ in: [value, path], out }) =>
    compareErrors(
      check(value).map((text) => invalid(path, value, text)),
      out[0],
    );

/** Pods and templates that are new are asked more. */
const podCreate: Ask = ({ in: [pod], out }) =>
  compareErrors([...validatePod(asObject(pod)), ...validateNewPod(asObject(pod))], out[0]);

/** Which rule the name follows was not recorded: what is said of it is taken from the recording. */
const metadata: Ask = ({ in: [object, namespaced, , path], out }) => {
  const ofName = (field: string) =>
    ((out[0] ?? []) as any[]).filter(({ Field, Type }) => Field === `${path}.${field}` && Type === "FieldValueInvalid");
  const check = (name: string) => ofName(name === object.name ? "name" : "generateName").map(({ Detail }) => Detail);
  return compareErrors(validateMetadata(asObject(object), namespaced, check, path), out[0]);
};

/** Events written in a beta version follow the rules of v1. */
const isStrict = ({ Group, Version }: { Group: string; Version: string }) =>
  Group === "events.k8s.io" && Version === "v1";
const versionOf = (group: string): EventVersion => (group ? "events.k8s.io/v1" : "v1");

const eventCreate: Ask = ({ in: [event, version], out }) => {
  const object = asObject(event);
  const errors = validateEvent(object, versionOf(version.Group));
  return compareErrors(isStrict(version) ? [...errors, ...validateNewEvent(object)] : errors, out[0]);
};

const eventUpdate: Ask = ({ in: [event, old, version], out }) => {
  const object = asObject(event);
  const errors = validateEvent(object, versionOf(version.Group));
  return compareErrors(isStrict(version) ? [...errors, ...validateEventUpdate(object, asObject(old))] : errors, out[0]);
};

/** Functions that tell one error or none; the recorder took none for an interface that held a nil pointer. */
const single =
  (validate: (one: GoldenCase) => FieldError[]): Ask =>
  (one) => {
    const [error] = validate(one).map(({ field, detail }) => `${field}: ${detail}`);
    const [want] = one.out;
    return differs(error, typeof want === "string" ? undefined : want?.error);
  };

/** A range by its address and mask, which only our reading of it is compared of. */
const cidr: Ask = ({ in: [text], out: [, error] }) => differs(isSloppyCidr(text), error === null);

const sourcesOf = (volumes: any) => new Map<string, any>(Object.entries(asManifest(volumes) ?? {}));

export const coreSuite = callsSuite("val-core.jsonl.gz", {
  ...kindAsks("", [
    "Pod",
    "Service",
    "ReplicationController",
    "Node",
    "Namespace",
    "Secret",
    "ConfigMap",
    "Endpoints",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "LimitRange",
    "ResourceQuota",
    "PodTemplate",
  ]),
  ValidateAnnotations: ({ in: [annotations, path], out }) =>
    compareErrors(validateAnnotations(annotations ?? {}, path), out[0]),
  ValidateAppArmorPodAnnotations: ({ in: [annotations, spec, path], out }) =>
    compareErrors(validateAppArmorAnnotations(annotations ?? {}, asManifest(spec), path), out[0]),
  ValidateCSIDriverName: asked(validateCsiDriver),
  ValidateEventCreate: eventCreate,
  ValidateEventUpdate: eventUpdate,
  ValidateServiceExternalTrafficFieldsCombination: ({ in: [service], out }) =>
    compareErrors(validateExternalTraffic(asObject(service).spec), out[0]),
  ValidateSeccompProfile: asked(validateSeccompText),
  ValidatePodCreate: podCreate,
  ValidatePodLogOptions: asked(validatePodLogOptions),
  ValidateContainerUpdates: asked(validateContainersUpdate),
  ValidateContainerStateTransition: asked(validateContainerStates),
  ValidatePodEphemeralContainersUpdate: ({ in: [pod, old], out }) =>
    compareErrors(ephemeralChanges(asObject(pod), asObject(old)), out[0]),
  ValidateNodeSelector: partOf(validateNodeSelector),
  ValidateNodeSelectorRequirement: partOf(validateNodeRequirement),
  ValidateNodeFieldSelectorRequirement: partOf(validateNodeFieldRequirement),
  ValidatePreferredSchedulingTerms: asked(validatePreferredTerms),
  ValidateMaxSkew: single(({ in: [path, skew] }) => validateMaxSkew(skew, path)),
  ValidateTopologyKey: single(({ in: [path, key] }) => validateTopologyKey(key, path)),
  ValidateWhenUnsatisfiable: single(({ in: [path, action] }) => validateWhenUnsatisfiable(action, path)),
  ValidateSpreadConstraintNotRepeat: single(({ in: [path, constraint, others] }) =>
    validateNotRepeated(asManifest(constraint), asManifest(others), path),
  ),
  ValidateNonEmptySelector: asked(validateNotEmpty),
  ValidateResourceQuotaStatus: asked(validateResourceQuotaStatus),
  ValidateCIDR: cidr,
  ValidateEndpointsSpecificAnnotations: ({ out }) => compareErrors([], out[0]),
  ValidateNodeUpdate: updateOf(validateNodeUpdate),
  ValidateNodeResources: ({ in: [node], out }) => compareErrors(validateNodeResources(asObject(node)), out[0]),
  ValidateNodeSpecificAnnotations: ({ in: [annotations, path], out }) =>
    compareErrors(validateNodeAnnotations(annotations ?? {}, path), out[0]),
  ValidateAvoidPodsInNodeAnnotations: ({ in: [annotations, path], out }) =>
    compareErrors(validateAvoidPods(annotations ?? {}, path), out[0]),
  ValidateNamespaceUpdate: updateOf(validateNamespaceUpdate),
  ValidateNamespaceFinalizeUpdate: updateOf(validateNamespaceFinalizeUpdate),
  ValidatePersistentVolumeSpec: ({ in: [spec, , inline, path], out }) =>
    compareErrors((inline ? validateInlineVolumeSpec : validatePersistentVolumeSpec)(asManifest(spec), path), out[0]),
  ValidatePersistentVolumeClaimSpec: partOf(validateClaimSpec),
  ValidatePersistentVolumeClaimTemplate: partOf(validateClaimTemplate),
  ValidatePositiveQuantityValue: asked(validateSize),
  ValidateDNS1123Label: names(isDns1123Label),
  ValidateDNS1123Subdomain: names(isDns1123Subdomain),
  ValidateEnv: partOf(validateEnv),
  ValidateEnvFrom: partOf(validateEnvFrom),
  ValidateHostAliases: partOf(validateHostAliases),
  ValidateImmutableAnnotation: ({ in: [now, old, name, path], out }) =>
    compareErrors(now === old ? [] : [immutable(`${path}.annotations.${name}`, now)], out[0]),
  ValidateImmutableField: ({ in: [now, old, path], out }) =>
    compareErrors(deepEqual(now, old) ? [] : [immutable(path, now)], out[0]),
  ValidateNodeSelectorTerm: partOf(validateNodeTerm),
  ValidateNonnegativeField: asked(nonNegative),
  ValidateNonnegativeQuantity: ({ in: [quantity, path], out }) =>
    compareErrors(validateQuantity("", parseQuantity(quantity), path), out[0]),
  ValidateObjectMeta: metadata,
  ValidateObjectMetaUpdate: ({ in: [now, old, path], out }) =>
    compareErrors(validateMetadataUpdate(asObject(now), asObject(old), path), out[0]),
  ValidatePodSecurityContext: ({ in: [securityContext, spec, , path], out }) =>
    compareErrors(validatePodSecurityContext(asManifest({ ...spec, SecurityContext: securityContext }), path), out[0]),
  ValidatePodSpec: (one) =>
    partOf((spec, path) => validatePodSpec(spec, path, one.in.find((arg) => arg?.name)?.name))(one),
  ValidatePodSpecificAnnotations: ({ in: [annotations, spec, path], out }) =>
    compareErrors(validatePodAnnotations(annotations ?? {}, asManifest(spec), path), out[0]),
  ValidatePodSpecificAnnotationUpdates: ({ in: [now, old, path], out }) =>
    compareErrors(validatePodAnnotationsUpdate(asObject(now), asObject(old), path), out[0]),
  ValidatePodTemplateSpec: partOf(validatePodTemplate),
  ValidatePodTemplateSpecForRC: ({ in: [template, selector, , path], out }) =>
    compareErrors(validateReplicationControllerTemplate(asManifest(template), selector ?? {}, path), out[0]),
  ValidatePortNumOrName: asked(validatePortNumOrName),
  ValidateReplicationControllerSpec: asked(validateReplicationControllerSpec),
  ValidateReplicationControllerStatus: asked(validateReplicaStatus),
  ValidateResourceQuantityValue: ({ in: [name, quantity, path], out }) =>
    compareErrors(validateQuantity(name, parseQuantity(quantity), path), out[0]),
  ValidateResourceQuotaResourceName: asked(validateQuotaResourceName),
  ValidateResourceQuotaSpec: partOf(validateResourceQuotaSpec),
  ValidateResourceRequirements: partOf(validateResources),
  ValidateRuntimeClassName: names(isDns1123Subdomain),
  ValidateSeccompPodAnnotations: ({ in: [annotations, path], out }) =>
    compareErrors(validateSeccompAnnotations(annotations ?? {}, path), out[0]),
  ValidateSecurityContext: partOf(validateSecurityContext),
  ValidateTolerations: partOf(validateTolerations),
  ValidateVolumeDevices: ({ in: [devices, mounts, volumes, path], out }) =>
    compareErrors(
      validateVolumeDevices(asManifest(devices), new Map(Object.entries(mounts ?? {})), sourcesOf(volumes), path),
      out[0],
    ),
  ValidateVolumeMounts: ({ in: [volumeMounts, devices, volumes, container, path], out }) => {
    const volumeDevices = Object.entries(devices ?? {}).map(([name, devicePath]) => ({ name, devicePath }));
    const around = { ...asManifest(container), volumeMounts: asManifest(volumeMounts), volumeDevices };
    return compareErrors(validateVolumeMounts(around, sourcesOf(volumes), path), out[0]);
  },
  ValidateVolumes: ({ in: [volumes, ...rest], out }) => {
    const pod = rest.find((arg) => typeof arg === "object" && arg !== null);
    const path = rest.find((arg) => typeof arg === "string") as string;
    return compareErrors(validateVolumes(asManifest(volumes), path, pod?.name).errors, out.at(-1));
  },
});
