import { base64Decode, byteLength } from "@/posix/files/bytes";
import { eventsLines } from "./events";
import type { Describer } from "./types";
import { head } from "./writer";

const bytesOf = (encoded: string): number => byteLength(base64Decode(encoded) ?? "");

export const describeConfigMap: Describer = async (w, map, world) => {
  head(w, map);
  w.line("");
  w.line("Data");
  w.line("====");
  for (const key of Object.keys(map.data ?? {}).sort()) {
    w.line(`${key}:`);
    w.line("----");
    w.line(map.data[key]);
    w.line("");
  }
  w.line("");
  w.line("BinaryData");
  w.line("====");
  for (const key of Object.keys(map.binaryData ?? {}).sort()) w.line(`${key}: ${bytesOf(map.binaryData[key])} bytes`);
  w.line("");
  eventsLines(w, await world.events(map), world.nowMs);
};

/** Values are secret: only their size is shown, but for the token of a service account. */
export const describeSecret: Describer = async (w, secret) => {
  head(w, secret);
  w.line("");
  w.line(`Type:\t${secret.type}`);
  w.line("");
  w.line("Data");
  w.line("====");
  for (const key of Object.keys(secret.data ?? {}).sort()) {
    const shown = key === "token" && secret.type === "kubernetes.io/service-account-token";
    w.line(`${key}:\t${shown ? base64Decode(secret.data[key]) : `${bytesOf(secret.data[key])} bytes`}`);
  }
};

export const describeServiceAccount: Describer = async (w, account, world) => {
  head(w, account);
  const secrets = await world.list("secrets", account.metadata.namespace);
  const tokens = secrets.filter(
    (each) =>
      each.type === "kubernetes.io/service-account-token" &&
      each.metadata.annotations?.["kubernetes.io/service-account.name"] === account.metadata.name,
  );
  const known = new Set(secrets.map((each) => each.metadata.name));
  const section = (title: string, names: string[]) => {
    if (names.length === 0) w.line(`${title}\t<none>`);
    names.forEach((name, index) => {
      w.line(`${index === 0 ? title : " ".repeat(title.length)}\t${name}${known.has(name) ? "" : " (not found)"}`);
    });
  };
  section(
    "Image pull secrets:",
    (account.imagePullSecrets ?? []).map(({ name }: any) => name),
  );
  section(
    "Mountable secrets: ",
    (account.secrets ?? []).map(({ name }: any) => name),
  );
  section(
    "Tokens:            ",
    tokens.map((each) => each.metadata.name),
  );
  eventsLines(w, await world.events(account), world.nowMs);
};

export const describeNamespace: Describer = async (w, namespace, world) => {
  head(w, namespace, false);
  w.line(`Status:\t${namespace.status?.phase ?? ""}`);
  const conditions: any[] = namespace.status?.conditions ?? [];
  if (conditions.length > 0) {
    w.line("Conditions:");
    w.line("  Type\tStatus\tLastTransitionTime\tReason\tMessage");
    w.line("  ----\t------\t------------------\t------\t-------");
    for (const each of conditions)
      w.line(
        `  ${each.type}\t${each.status}\t${each.lastTransitionTime ?? ""}\t${each.reason ?? ""}\t${each.message ?? ""}`,
      );
  }
  const { name } = namespace.metadata;
  const quotas = await world.list("resourcequotas", name);
  w.line("");
  if (quotas.length === 0) w.line("No resource quota.");
  else {
    w.line("Resource Quotas");
    for (const quota of quotas) {
      w.line(`  Name:\t${quota.metadata.name}`);
      w.line("  Resource\tUsed\tHard");
      w.line("  --------\t---\t---");
      for (const resource of Object.keys(quota.status?.hard ?? {}).sort())
        w.line(`  ${resource}\t${quota.status.used?.[resource] ?? "0"}\t${quota.status.hard[resource]}`);
    }
  }
  const limits = await world.list("limitranges", name);
  w.line("");
  if (limits.length === 0) w.line("No LimitRange resource.");
  else {
    w.line("Resource Limits");
    w.line(" Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
    w.line(" ----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
    for (const range of limits)
      for (const item of range.spec?.limits ?? []) for (const line of limitLines(item)) w.line(` ${line}`);
  }
};

/** One line per resource that a limit speaks of. */
export function limitLines(item: any): string[] {
  const resources = [
    ...new Set(
      ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"].flatMap((field) =>
        Object.keys(item[field] ?? {}),
      ),
    ),
  ].sort();
  const cell = (field: string, resource: string) => item[field]?.[resource] ?? "-";
  return resources.map((resource) =>
    [
      item.type,
      resource,
      ...["min", "max", "defaultRequest", "default", "maxLimitRequestRatio"].map((field) => cell(field, resource)),
    ].join("\t"),
  );
}
