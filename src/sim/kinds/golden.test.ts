import { describe, expect, it } from "vitest";
import type { FieldError } from "../apiserver/status";
import { type GoldenCase, goldenCases, goldenText, hasGolden } from "../golden/cases";
import { parseRfc3339 } from "../kernel/time";
import { kinds } from "./index";
import { validateIngressSpec } from "./ingress/validation";
import { validateLeaseSpec } from "./lease";
import {
  validateIpBlock,
  validateNetworkPolicySpec,
  validatePolicyPeer,
  validatePolicyPort,
} from "./network-policy/validation";
import { validateEnv, validateEnvFrom } from "./pod/validation/env";
import { validateResources } from "./pod/validation/resources";
import { validatePodSpec } from "./pod/validation/spec";
import { validateVolumes } from "./pod/validation/volumes";
import { humanDuration, shortHumanDuration } from "./printing";
import { formatQuantity, parseQuantity } from "./quantity";
import * as names from "./validation/names";

/** Compared with recordings of Kubernetes' own code, release 1.20; where 1.33 answers otherwise, it is said below. */

const golden = describe.skipIf(!hasGolden);
if (!hasGolden) console.log("skipped: the recordings of Kubernetes' own code are not here");

const kind = (name: string) => kinds.all.find((one) => one.kind === name)!;

golden("quantity", () => {
  it("reads and writes every recorded quantity as resource.Quantity does", () => {
    const wrong = goldenCases("quantity.jsonl.gz").flatMap(({ in: [text], out: [canonical, failure] }) => {
      let got: string;
      try {
        got = formatQuantity(parseQuantity(text));
      } catch (error) {
        got = (error as Error).message;
      }
      const want = failure ? failure.error : canonical;
      return got === want ? [] : [`${text}: ${got}, not ${want}`];
    });
    expect(wrong).toEqual([]);
  });
});

golden("durations", () => {
  it("prints every recorded age", () => {
    for (const {
      fn,
      in: [duration],
      out,
    } of goldenCases("duration.jsonl.gz")) {
      const print = fn === "HumanDuration" ? humanDuration : shortHumanDuration;
      expect(print(duration.ns / 1e6)).toBe(out[0]);
    }
  });
});

golden("names", () => {
  const validators: Record<string, (...args: any[]) => string[]> = {
    IsCIdentifier: names.isCIdentifier,
    IsConfigMapKey: names.isConfigMapKey,
    IsDNS1035Label: names.isDns1035Label,
    IsDNS1123Label: names.isDns1123Label,
    IsDNS1123Subdomain: names.isDns1123Subdomain,
    IsHTTPHeaderName: names.isHttpHeaderName,
    IsInRange: names.isInRange,
    IsQualifiedName: names.isQualifiedName,
    IsValidGroupID: names.isUserOrGroupId,
    IsValidLabelValue: names.isLabelValue,
    IsValidPercent: names.isPercent,
    IsValidPortName: names.isPortName,
    IsValidPortNum: names.isPortNumber,
    IsValidUserID: names.isUserOrGroupId,
    IsWildcardDNS1123Subdomain: names.isWildcardDns1123Subdomain,
  };
  /** 1.33 says what is wrong with dots in a label, and that a port's name needs a letter. */
  const changed = new Set(["must not contain dots", "must contain at least one letter (a-z)"]);

  it("complains of each recorded name in the same words", () => {
    const wrong = goldenCases("names.jsonl.gz").flatMap(({ fn, in: args, out }) => {
      const got = validators[fn]?.(...args);
      if (!got || got.some((text) => changed.has(text))) return [];
      return JSON.stringify(got) === JSON.stringify(out[0] ?? []) ? [] : [{ fn, args, got, want: out[0] }];
    });
    expect(wrong).toEqual([]);
  });
});

golden("tables", () => {
  it("has the columns of the real server", () => {
    const recorded = JSON.parse(goldenText("columns.json"));
    for (const [key, columns] of Object.entries<any[]>(recorded)) {
      const definition = kind(key.split(".")[1]!);
      if (!definition || key.startsWith("events.")) continue;
      // RESTARTS became a text when "(5s ago)" joined it.
      const want = columns.map(({ name, type, format, priority }) => ({
        name,
        type: name === "Restarts" ? "string" : type,
        format,
        priority,
      }));
      const got = definition.columns.map(({ name, type, format = "", priority = 0 }) => ({
        name,
        type,
        format,
        priority,
      }));
      expect(got, key).toEqual(want);
    }
  });

  it("prints every recorded object", () => {
    const wrong: unknown[] = [];
    for (const { fn, now, object, rows, wide } of goldenCases("printers.jsonl.gz") as any[]) {
      const items = object.kind.endsWith("List")
        ? object.items.map((item: any) => ({ ...item, kind: object.kind.slice(0, -4), apiVersion: object.apiVersion }))
        : [object];
      for (const [index, item] of items.entries()) {
        const definition = kinds.findKind(item.apiVersion.replace("v1beta1", "v1"), item.kind);
        if (!definition) continue;
        item.metadata.name ??= "";
        const row = definition.row(item, parseRfc3339(now)!);
        const cells = definition.columns.flatMap(({ priority, name }, column) => {
          if (priority && !wide) return [];
          return name === "Restarts" ? [Number(row[column])] : [row[column]];
        });
        const want = rows[index].cells;
        // The server prints all addresses of a load balancer; only old clients cut them short.
        if (fn === "printService" && String(want[3]).endsWith("...")) continue;
        if (JSON.stringify(cells) !== JSON.stringify(want)) wrong.push({ fn, wide, cells, want });
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Complaints that differ on purpose, or that are about what the simulation leaves out: by a part of their line. */
const LEFT_OUT: [RegExp, string][] = [
  // Worded or decided otherwise in 1.33.
  [/environment variable name|^ValidateEnv: lacks field\[0\]\.name/, "nearly all names of variables are taken"],
  [/supported values: "metadata\.name"/, "status.hostIPs is new"],
  [/resources\.requests Invalid must be (equal|less)/, "the limit itself is told: limit of 1"],
  [/TooLong/, "may not be more than … bytes"],
  [
    /may not be in the |ip Invalid must be a valid IP address$/,
    "the ranges of IPv6 are told too, and no address twice",
  ],
  [/hostAliases/, "the paths have indexes"],
  [/podAffinityTerm\.(labelSelector|matchExpressions)/, "the path names the selector"],
  [/podCIDRs\[0\] Invalid must be valid CIDR/, "the text of all CIDRs"],
  [/externalTrafficPolicy|healthCheckNodePort/, "checked by whether the Service can be reached from outside"],
  [/load-balancer-source-ranges|LoadBalancerSourceRanges/, "each range is told by itself, and the annotation is gone"],
  [/clusterIPs Invalid (element \[0\] must match|must be empty when)/, "reworded"],
  [/topology(Keys)?/, "gone, or renamed to deprecatedTopology"],
  [/ports TooMany/, "20000 ports"],
  [/seccomp|AppArmor|container\.apparmor/, "annotations gave way to fields"],
  [/^ValidateVolumes: lacks field\[0\]\.name Invalid a lowercase RFC 1123 label/, "must not contain dots"],
  [/preferAvoidPods|node updates may only change labels|rollback/, "gone"],
  [/clusterName|uID/, "gone"],
  [/not a valid CIDR|except\[1\] Invalid Invalid value: " "/, "the text of all CIDRs, for each of them"],
  [/must contain at least one letter or number/, "a port's name needs a letter"],
  [/parameters\.(scope Required|kind Required kind is|name Required name is)/, "scopes are new, the texts are gone"],
  [/must be an absolute path|secretName Invalid/, "checked by path type; names of Secrets are checked"],
  [/ingress\.class Invalid/, "both may be given if they are equal"],
  [/spec\.(defaultBackend|backend)/, "recorded as v1beta1 names it"],
  [/must to greater or equal than 0/, "reworded"],
  // The recordings call what our own server never does.
  [
    /metadata\.name Required|EndpointSliceUpdate: has metadata\.resourceVersion/,
    "an update without a name or a version",
  ],
  [/ValidatePodStatusUpdate: has status\.podIPs/, "checked elsewhere in 1.20"],
  [/fsGroupChangePolicy NotSupported/, "empty texts are dropped on the way here"],
  [/pod updates may not change fields/, "its end is a diff, tested beside it"],
  [/ephemeralContainers\[0\]/, "only their own subresource can set them"],
  // Not simulated.
  [/config\.mirror/, "static pods"],
  [/hugepage/, "huge pages"],
  [
    /gcePersistentDisk|fc\.|flocker|iscsi|quobyte|rbd|cephfs|glusterfs|azureDisk|scaleIO/,
    "volumes of clouds and appliances",
  ],
  [/ValidateVolumes: has field\[0\] Required/, "cinder and others without their fields"],
  [/volumeClaimTemplate|ephemeral volume|PVC name/, "checked with PersistentVolumeClaims"],
  [/downwardAPI\.resourceFieldRef\.resource/, "huge pages"],
  [/serviceAccountToken/, "admission gives every pod its account"],
  [/ValidateServiceUpdate: .*(ipFamil|clusterIPs\[1\])/, "dual-stack"],
  [/ValidateNodeUpdate: lacks status\./, "status is the kubelet's"],
];

/** Internal objects were recorded with Go's own field names. */
function asManifest(value: any): any {
  if (Array.isArray(value)) return value.map(asManifest);
  if (typeof value !== "object" || value === null) return value;
  const object: any = {};
  for (const [name, member] of Object.entries<any>(value)) {
    if (member === null || member === "") continue;
    object[fieldName(name)] = ["Limits", "Requests", "NodeSelector", "matchLabels"].includes(name)
      ? member
      : asManifest(member);
  }
  const { securityContext } = object;
  for (const field of ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"]) {
    if (securityContext?.[field] !== undefined && object.containers !== undefined)
      object[field] = securityContext[field];
  }
  return object;
}

function fieldName(name: string): string {
  const [, capitals, rest] = /^([A-Z]*)(.*)$/s.exec(name)!;
  if (capitals === "") return name;
  if (rest === "" || rest === "s" || capitals!.length === 1) return capitals!.toLowerCase() + rest;
  return capitals!.slice(0, -1).toLowerCase() + capitals!.slice(-1) + rest;
}

/** Versioned objects as a client would send them: without nulls. */
function withoutNulls(value: any): any {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

const object = (value: any) => ({ metadata: {}, spec: {}, ...withoutNulls(value) });
const KINDS =
  "Pod|Service|ReplicationController|Node|Namespace|Secret|ConfigMap|Endpoints|Deployment|ReplicaSet|EndpointSlice|Ingress|IngressClass|NetworkPolicy|Lease";
const path = (args: any[]) => args.find((arg) => typeof arg === "string") as string;

function validate({ fn, in: args }: GoldenCase): FieldError[] | undefined {
  const [, name, verb] = new RegExp(`^Validate(${KINDS})(Create|Update|StatusUpdate|)$`).exec(fn) ?? [];
  if (name) {
    const definition = kind(name);
    const [now, old] = args.map(object);
    if (verb === "StatusUpdate") return definition.validateStatusUpdate?.(now, old);
    const errors = definition.validate!(now);
    return verb === "Update" ? [...errors, ...definition.validateUpdate!(now, old)] : errors;
  }
  switch (fn) {
    case "ValidatePodSpec":
      return validatePodSpec(asManifest(args[0]), path(args));
    case "ValidateEnv":
      return validateEnv(asManifest(args[0]), path(args));
    case "ValidateEnvFrom":
      return validateEnvFrom(asManifest(args[0]), path(args));
    case "ValidateVolumes":
      return validateVolumes(asManifest(args[0]), path(args)).errors;
    case "ValidateIngressSpec":
      return validateIngressSpec(asManifest(args[0]), path(args));
    case "ValidateNetworkPolicySpec":
      return validateNetworkPolicySpec(asManifest(args[0]), path(args));
    case "ValidateNetworkPolicyPeer":
      return validatePolicyPeer(asManifest(args[0]), path(args));
    case "ValidateNetworkPolicyPort":
      return validatePolicyPort(asManifest(args[0]), path(args));
    case "ValidateIPBlock":
      return validateIpBlock(asManifest(args[0]), path(args));
    case "ValidateLeaseSpec":
      return validateLeaseSpec(asManifest(args[0]), path(args));
    case "ValidateResourceRequirements":
      return validateResources(asManifest(args[0]), path(args));
  }
  return undefined;
}

golden("validation", () => {
  const line = (field: string, type: string, detail: string) => `${field} ${type.replace("FieldValue", "")} ${detail}`;

  it.each(["val-core", "val-apps", "val-discovery", "val-networking", "val-coordination"])(
    "complains as %s did",
    (file) => {
      const wrong: Record<string, number> = {};
      let agreed = 0;
      for (const one of goldenCases(`${file}.jsonl.gz`)) {
        const got = validate(one);
        if (!got) continue;
        const want: any[] = one.out.at(-1) ?? [];
        const missing = want.filter(
          ({ Field, Type, Detail }) =>
            !got.some((error) => error.field === Field && error.type === Type && error.detail.endsWith(Detail)),
        );
        const extra = got.filter(
          ({ field, type }) => !want.some(({ Field, Type }) => Field === field && Type === type),
        );
        const lines = [
          ...missing.map(({ Field, Type, Detail }) => `${one.fn}: lacks ${line(Field, Type, Detail)}`),
          ...extra.map(({ field, type, detail }) => `${one.fn}: has ${line(field, type, detail)}`),
        ].filter((text) => !LEFT_OUT.some(([pattern]) => pattern.test(text)));
        if (lines.length === 0) agreed++;
        for (const text of lines) wrong[text] = (wrong[text] ?? 0) + 1;
      }
      expect(wrong).toEqual({});
      expect(agreed).toBeGreaterThan(file === "val-coordination" ? 3 : 30);
    },
  );
});
