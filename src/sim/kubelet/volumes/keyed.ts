import { base64Decode } from "@/posix/files/bytes";
import type { Sim } from "../../component";
import { ownMember, setOwn } from "../../kernel/own";
import { MountError, type Payload } from "./payload";

interface KeyedSource {
  name: string;
  items?: { key: string; path: string; mode?: number }[];
  optional?: boolean;
  defaultMode?: number;
}

/** ConfigMaps and Secrets: keys that become files. */
export function keyedPayload(
  sim: Sim,
  namespace: string,
  kind: "configmap" | "secret",
  source: KeyedSource,
  defaultMode: number,
): Payload {
  const object = sim.store.get(kind === "configmap" ? "configmaps" : "secrets", namespace, source.name);
  if (!object) {
    if (source.optional) return {};
    throw new MountError(`${kind} "${source.name}" not found`);
  }
  const data: Record<string, string> = {};
  const plain = (object.data ?? {}) as Record<string, string>;
  const binary = (object.binaryData ?? {}) as Record<string, string>;
  for (const [key, value] of Object.entries(plain))
    setOwn(data, key, kind === "secret" ? (base64Decode(value) ?? "") : value);
  for (const [key, value] of Object.entries(binary)) setOwn(data, key, base64Decode(value) ?? "");
  if (!source.items?.length)
    return Object.fromEntries(
      Object.keys(data)
        .sort()
        .map((key) => [key, { content: data[key]!, mode: defaultMode }]),
    );
  const payload: Payload = {};
  for (const { key, path, mode } of source.items) {
    const content = ownMember(data, key);
    if (content !== undefined) setOwn(payload, path, { content, mode: mode ?? defaultMode });
    else if (!source.optional)
      throw new MountError(
        kind === "configmap"
          ? `configmap references non-existent config key: ${key}`
          : `references non-existent secret key: ${key}`,
      );
  }
  return payload;
}
