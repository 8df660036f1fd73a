import { array, bool, duration, type FlagSpec, int, list, text } from "./spec";

/** Flags that every command takes: `kubectl options`. */
export const GLOBAL_FLAGS: FlagSpec[] = [
  text("as"),
  array("as-group"),
  text("as-uid"),
  text("cache-dir", { default: "/home/learner/.kube/cache" }),
  text("certificate-authority"),
  text("client-certificate"),
  text("client-key"),
  text("cluster"),
  text("context"),
  bool("disable-compression"),
  bool("insecure-skip-tls-verify"),
  text("kubeconfig"),
  duration("log-flush-frequency", { default: "5s" }),
  bool("match-server-version"),
  text("namespace", { short: "n" }),
  text("password"),
  text("profile", { default: "none" }),
  text("profile-output", { default: "profile.pprof" }),
  text("request-timeout", { default: "0" }),
  text("server", { short: "s" }),
  text("tls-server-name"),
  text("token"),
  text("user"),
  text("username"),
  int("v", { short: "v" }),
  text("vmodule"),
  bool("warnings-as-errors"),
];

export const FILE_FLAGS: FlagSpec[] = [
  list("filename", { short: "f" }),
  text("kustomize", { short: "k" }),
  bool("recursive", { short: "R" }),
];

export const TEMPLATE_FLAGS: FlagSpec[] = [
  bool("allow-missing-template-keys", { default: "true" }),
  bool("show-managed-fields"),
  text("template"),
];

export const PRINT_FLAGS: FlagSpec[] = [text("output", { short: "o" }), ...TEMPLATE_FLAGS];

export const selector = text("selector", { short: "l" });
export const fieldSelector = text("field-selector");
export const allNamespaces = bool("all-namespaces", { short: "A" });
export const dryRun = text("dry-run", { default: "none", bare: "unchanged" });
export const validate = text("validate", { default: "strict", bare: "strict" });
export const saveConfig = bool("save-config");
export const noHeaders = bool("no-headers");
export const chunkSize = int("chunk-size", { default: "500" });
export const all = bool("all");
export const manager = (name: string) => text("field-manager", { default: name });

export const DELETE_FLAGS: FlagSpec[] = [
  text("cascade", { default: "background", bare: "background" }),
  bool("force"),
  int("grace-period", { default: "-1" }),
  duration("timeout"),
  bool("wait"),
];
