import { GoValue, quote } from "./field-error";
import { goStringMap, goStrings } from "./go-syntax";

/**
 * A pod template as Go's `%#v` writes the internal type: fields in their order, each with how it shows. `*T` is a pointer,
 * whose address stands for all; `[]T` a list that is shown by its members' types; other texts are the type of a value.
 */
type Fields = readonly (readonly [name: string, json: string, type: string])[];

const META: Fields = [
  ["Name", "name", "string"],
  ["GenerateName", "generateName", "string"],
  ["Namespace", "namespace", "string"],
  ["SelfLink", "selfLink", "string"],
  ["UID", "uid", "string"],
  ["ResourceVersion", "resourceVersion", "string"],
  ["Generation", "generation", "int"],
  ["CreationTimestamp", "", "time"],
  ["DeletionTimestamp", "", "nil"],
  ["DeletionGracePeriodSeconds", "", "*int64"],
  ["Labels", "labels", "map"],
  ["Annotations", "annotations", "map"],
  ["OwnerReferences", "", "[]v1.OwnerReference"],
  ["Finalizers", "finalizers", "strings"],
  ["ManagedFields", "", "[]v1.ManagedFieldsEntry"],
];

const CONTAINER: Fields = [
  ["Name", "name", "string"],
  ["Image", "image", "string"],
  ["Command", "command", "strings"],
  ["Args", "args", "strings"],
  ["WorkingDir", "workingDir", "string"],
  ["Ports", "ports", "[]core.ContainerPort"],
  ["EnvFrom", "envFrom", "[]core.EnvFromSource"],
  ["Env", "env", "[]core.EnvVar"],
  ["Resources", "resources", "resources"],
  ["ResizePolicy", "resizePolicy", "[]core.ContainerResizePolicy"],
  ["RestartPolicy", "restartPolicy", "*core.ContainerRestartPolicy"],
  ["VolumeMounts", "volumeMounts", "[]core.VolumeMount"],
  ["VolumeDevices", "volumeDevices", "[]core.VolumeDevice"],
  ["LivenessProbe", "livenessProbe", "*core.Probe"],
  ["ReadinessProbe", "readinessProbe", "*core.Probe"],
  ["StartupProbe", "startupProbe", "*core.Probe"],
  ["Lifecycle", "lifecycle", "*core.Lifecycle"],
  ["TerminationMessagePath", "terminationMessagePath", "string"],
  ["TerminationMessagePolicy", "terminationMessagePolicy", "string"],
  ["ImagePullPolicy", "imagePullPolicy", "string"],
  ["SecurityContext", "securityContext", "*core.SecurityContext"],
  ["Stdin", "stdin", "bool"],
  ["StdinOnce", "stdinOnce", "bool"],
  ["TTY", "tty", "bool"],
];

const POD: Fields = [
  ["Volumes", "volumes", "[]core.Volume"],
  ["InitContainers", "initContainers", "containers"],
  ["Containers", "containers", "containers"],
  ["EphemeralContainers", "ephemeralContainers", "[]core.EphemeralContainer"],
  ["RestartPolicy", "restartPolicy", "string"],
  ["TerminationGracePeriodSeconds", "terminationGracePeriodSeconds", "*int64"],
  ["ActiveDeadlineSeconds", "activeDeadlineSeconds", "*int64"],
  ["DNSPolicy", "dnsPolicy", "string"],
  ["NodeSelector", "nodeSelector", "map"],
  ["ServiceAccountName", "serviceAccountName", "string"],
  ["AutomountServiceAccountToken", "automountServiceAccountToken", "*bool"],
  ["NodeName", "nodeName", "string"],
  ["SecurityContext", "securityContext", "*core.PodSecurityContext"],
  ["ImagePullSecrets", "imagePullSecrets", "[]core.LocalObjectReference"],
  ["Hostname", "hostname", "string"],
  ["Subdomain", "subdomain", "string"],
  ["SetHostnameAsFQDN", "setHostnameAsFQDN", "*bool"],
  ["Affinity", "affinity", "*core.Affinity"],
  ["SchedulerName", "schedulerName", "string"],
  ["Tolerations", "tolerations", "[]core.Toleration"],
  ["HostAliases", "hostAliases", "[]core.HostAlias"],
  ["PriorityClassName", "priorityClassName", "string"],
  ["Priority", "priority", "*int32"],
  ["PreemptionPolicy", "preemptionPolicy", "*core.PreemptionPolicy"],
  ["DNSConfig", "dnsConfig", "*core.PodDNSConfig"],
  ["ReadinessGates", "readinessGates", "[]core.PodReadinessGate"],
  ["RuntimeClassName", "runtimeClassName", "*string"],
  ["Overhead", "", "core.ResourceList"],
  ["EnableServiceLinks", "enableServiceLinks", "*bool"],
  ["TopologySpreadConstraints", "topologySpreadConstraints", "[]core.TopologySpreadConstraint"],
  ["OS", "os", "*core.PodOS"],
  ["SchedulingGates", "schedulingGates", "[]core.PodSchedulingGate"],
  ["ResourceClaims", "resourceClaims", "[]core.PodResourceClaim"],
  ["Resources", "resources", "*core.ResourceRequirements"],
];

function member(value: any, type: string): string {
  switch (type) {
    case "string":
      return quote(value ?? "");
    case "int":
      return String(value ?? 0);
    case "bool":
      return String(value ?? false);
    case "time":
      return "time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)";
    case "nil":
      return "<nil>";
    case "map":
      return goStringMap(value).text;
    case "strings":
      return goStrings(value).text;
    case "containers":
      return value
        ? `[]core.Container{${value.map((one: any) => struct("core.Container", CONTAINER, one)).join(", ")}}`
        : "[]core.Container(nil)";
    case "resources":
      return "core.ResourceRequirements{Limits:core.ResourceList(nil), Requests:core.ResourceList(nil), Claims:[]core.ResourceClaim(nil)}";
    default:
      if (type.startsWith("*")) return `(${type})(${value === undefined || value === null ? "nil" : "0xc000000000"})`;
      return value ? `${type}{${value.map(() => `${type.slice(2)}{}`).join(", ")}}` : `${type}(nil)`;
  }
}

const struct = (type: string, fields: Fields, value: any): string =>
  `${type}{${fields.map(([name, json, kind]) => `${name}:${member(json ? value?.[json] : undefined, kind)}`).join(", ")}}`;

export function goPodTemplate(template: any): GoValue {
  const metadata = struct("v1.ObjectMeta", META, template?.metadata);
  const spec = struct("core.PodSpec", POD, template?.spec);
  return new GoValue(`core.PodTemplateSpec{ObjectMeta:${metadata}, Spec:${spec}}`);
}
