import { parseRfc3339, rfc1123z } from "@/sim/kernel/time";
import { alignTabs, DESCRIBE } from "../tabwriter";

/** Collects the lines of a describer; cells are parted by tabs and aligned at the end. */
export class Writer {
  private text = "";

  /** Writes at a level of indentation: two spaces each. */
  write(level: number, text: string): void {
    this.text += "  ".repeat(level) + text;
  }
  line(text: string): void {
    this.text += `${text}\n`;
  }
  aligned(): string {
    return alignTabs(this.text, DESCRIBE);
  }
  raw(): string {
    return this.text;
  }
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
const ANNOTATION_WIDTH = 140;

/** `Labels:` with one pair per line. */
export function labelsLines(w: Writer, title: string, labels: Record<string, string> | undefined): void {
  const keys = Object.keys(labels ?? {}).sort();
  if (keys.length === 0) {
    w.line(`${title}:\t<none>`);
    return;
  }
  keys.forEach((key, index) => {
    w.line(`${index === 0 ? `${title}:` : ""}\t${key}=${labels![key]}`);
  });
}

/** `Annotations:`; long and many-line values stand below their key. */
export function annotationsLines(w: Writer, title: string, annotations: Record<string, string> | undefined): void {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== LAST_APPLIED)
    .sort();
  if (keys.length === 0) {
    w.line(`${title}:\t<none>`);
    return;
  }
  keys.forEach((key, index) => {
    const value = annotations![key]!.replace(/\n$/, "");
    const head = `${index === 0 ? `${title}:` : ""}\t${key}:`;
    if (value.length + key.length + 2 <= ANNOTATION_WIDTH && !value.includes("\n")) {
      w.line(`${head} ${value}`);
      return;
    }
    w.line(head);
    for (const line of value.split("\n"))
      w.line(`\t  ${line.length > ANNOTATION_WIDTH - 2 ? `${line.slice(0, ANNOTATION_WIDTH - 2)}...` : line}`);
  });
}

/** Go's RFC 1123 with a numeric zone; a missing time prints as Go's zero time does. */
export function timeText(timestamp: unknown): string {
  const ms = typeof timestamp === "string" ? parseRfc3339(timestamp) : undefined;
  return ms === undefined ? "Mon, 01 Jan 0001 00:00:00 +0000" : rfc1123z(ms);
}

export const orNone = (text: string | undefined): string => text || "<none>";
export const boolText = (value: unknown): string => (value ? "True" : "False");

/** `ReplicaSet/web-6d5f`: the owner that controls an object. */
export function controllerOf(object: any): string | undefined {
  const owner = (object.metadata?.ownerReferences ?? []).find((each: any) => each.controller);
  return owner && `${owner.kind}/${owner.name}`;
}

/** `a=b,c=d`, sorted; `<none>` where there are none. */
export function mapText(map: Record<string, string> | undefined): string {
  const keys = Object.keys(map ?? {}).sort();
  return keys.length > 0 ? keys.map((key) => `${key}=${map![key]}`).join(",") : "<none>";
}

/** Name, namespace, labels and annotations: how most describers begin. */
export function head(w: Writer, object: any, namespaced = true): void {
  const { metadata } = object;
  w.line(`Name:\t${metadata.name}`);
  if (namespaced) w.line(`Namespace:\t${metadata.namespace ?? ""}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
}
