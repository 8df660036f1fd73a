import { GoValue, quote } from "./field-error";

/** Values as Go's `%#v` writes them, which is how 1.33 shows a bad value that is a struct, a map or a list. */

export const goStrings = (values: readonly string[] | undefined): GoValue =>
  new GoValue(values ? `[]string{${values.map(quote).join(", ")}}` : "[]string(nil)");

const stringMap = (map: Record<string, string> | undefined): string => {
  if (!map) return "map[string]string(nil)";
  const members = Object.keys(map)
    .sort()
    .map((key) => `${quote(key)}:${quote(String(map[key]))}`);
  return `map[string]string{${members.join(", ")}}`;
};

export const goStringMap = (map: Record<string, string> | undefined): GoValue => new GoValue(stringMap(map));

export function goLabelSelector(selector: any): GoValue {
  if (!selector) return new GoValue("null");
  const requirements = selector.matchExpressions?.map(
    (item: any) =>
      `v1.LabelSelectorRequirement{Key:${quote(item.key ?? "")}, Operator:${quote(item.operator ?? "")}, Values:${goStrings(item.values).text}}`,
  );
  const list = "[]v1.LabelSelectorRequirement";
  const expressions = requirements ? `${list}{${requirements.join(", ")}}` : `${list}(nil)`;
  return new GoValue(
    `v1.LabelSelector{MatchLabels:${stringMap(selector.matchLabels)}, MatchExpressions:${expressions}}`,
  );
}

export function goIntOrString(value: number | string | undefined): GoValue {
  const isText = typeof value === "string";
  return new GoValue(
    `intstr.IntOrString{Type:${isText ? 1 : 0}, IntVal:${isText ? 0 : (value ?? 0)}, StrVal:${quote(isText ? value : "")}}`,
  );
}

/** The part of a service port that must be unique, as upstream compares it. */
export const goServicePortKey = (protocol: string, port: number): GoValue =>
  new GoValue(
    `core.ServicePort{Name:"", Protocol:${quote(protocol)}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:${goIntOrString(0).text}, NodePort:0}`,
  );

export const goToleration = (toleration: any): GoValue => {
  const seconds = toleration.tolerationSeconds === undefined ? "(*int64)(nil)" : `(*int64)(0xc000000000)`;
  return new GoValue(
    `core.Toleration{Key:${quote(toleration.key ?? "")}, Operator:${quote(toleration.operator ?? "")}, Value:${quote(toleration.value ?? "")}, Effect:${quote(toleration.effect ?? "")}, TolerationSeconds:${seconds}}`,
  );
};

const SECURITY_CONTEXT: [field: string, type: string][] = [
  ["capabilities", "core.Capabilities"],
  ["privileged", "bool"],
  ["seLinuxOptions", "core.SELinuxOptions"],
  ["windowsOptions", "core.WindowsSecurityContextOptions"],
  ["runAsUser", "int64"],
  ["runAsGroup", "int64"],
  ["runAsNonRoot", "bool"],
  ["readOnlyRootFilesystem", "bool"],
  ["allowPrivilegeEscalation", "bool"],
  ["procMount", "core.ProcMountType"],
  ["seccompProfile", "core.SeccompProfile"],
  ["appArmorProfile", "core.AppArmorProfile"],
];

/** All of its fields are pointers, which Go shows as addresses; these differ from run to run, so one stands for all. */
export function goSecurityContext(context: any): GoValue {
  const members = SECURITY_CONTEXT.map(([field, type]) => {
    const name = field === "seLinuxOptions" ? "SELinuxOptions" : field.charAt(0).toUpperCase() + field.slice(1);
    return `${name}:(*${type})(${context[field] === undefined ? "nil" : "0xc000000000"})`;
  });
  return new GoValue(`core.SecurityContext{${members.join(", ")}}`);
}
