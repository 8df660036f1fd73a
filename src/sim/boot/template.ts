import { deepFreeze } from "../kernel/freeze";
import type { Kernel } from "../kernel/kernel";
import { parseRfc3339, rfc3339, rfc3339Micro } from "../kernel/time";
import type { ClusterOptions } from "../options";

/** 2001-01-01: templates live in a time of their own, so that every moment in their state can be told from other data. */
const TEMPLATE_START_MS = 978_307_200_000;
const TEMPLATE_SPAN_MS = 86_400_000;
/** Different sets of nodes that are kept ready at once; beyond that the oldest is made anew when it is asked for. */
const TEMPLATES_LIMIT = 16;

/** Where in a value moments stand: "text" is RFC 3339, "ms" a number, an array of [key, where] their containers. */
type Moments = "text" | "ms" | (readonly [string, Moments])[];

interface Template {
  kernel: Kernel;
  /** By the names of tables: keys of entries that hold moments, and where. */
  moments: Map<string, [string, Moments][]>;
}

const templates = new Map<string, Template>();

/**
 * A kernel whose cluster is up, at `options.startMs` and with `options.seed`. Clusters of the same make share one that
 * was started once in this process: all their objects are shared but for the times in them.
 */
export function bootedKernel(options: ClusterOptions, start: (options: ClusterOptions) => Kernel): Kernel {
  const { seed: _seed, startMs: _startMs, ...make } = options;
  const identity = JSON.stringify(make);
  let template = templates.get(identity);
  if (!template) {
    const kernel = start({ ...options, seed: "template", startMs: TEMPLATE_START_MS });
    template = { kernel, moments: findMoments(kernel) };
    if (templates.size >= TEMPLATES_LIMIT) templates.delete(templates.keys().next().value!);
    templates.set(identity, template);
  }
  return instantiate(template, options);
}

function instantiate({ kernel: template, moments }: Template, { seed, startMs }: ClusterOptions): Kernel {
  const shift = new Shift(startMs - template.nowMs);
  const changes = new Map<string, (entries: Map<string, unknown>) => void>();
  for (const [table, places] of moments) {
    changes.set(table, (entries) => {
      for (const [key, where] of places) entries.set(key, deepFreeze(shift.value(entries.get(key), where)));
    });
  }
  const kernel = template.forkAt(startMs, changes);
  kernel.reseed(seed);
  return kernel;
}

function findMoments(kernel: Kernel): Template["moments"] {
  const found: Template["moments"] = new Map();
  for (const table of kernel.tableNames()) {
    const places: [string, Moments][] = [];
    for (const [key, value] of kernel.table<unknown>(table).entries()) {
      const moments = momentsIn(value);
      if (moments) places.push([key, moments]);
    }
    if (places.length > 0) found.set(table, places);
  }
  return found;
}

const isTemplateTime = (ms: number | undefined) =>
  ms !== undefined && ms >= TEMPLATE_START_MS && ms < TEMPLATE_START_MS + TEMPLATE_SPAN_MS;

function momentsIn(value: unknown): Moments | undefined {
  if (typeof value === "number") return isTemplateTime(value) ? "ms" : undefined;
  if (typeof value === "string")
    return value.length >= 20 && value.length <= 30 && isTemplateTime(parseRfc3339(value)) ? "text" : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const members: [string, Moments][] = [];
  for (const [key, member] of Object.entries(value)) {
    const moments = momentsIn(member);
    if (moments) members.push([key, moments]);
  }
  return members.length > 0 ? members : undefined;
}

/** Moves the moments of frozen values; what holds none stays shared. */
class Shift {
  private readonly texts = new Map<string, string>();

  constructor(private readonly byMs: number) {}

  value(value: unknown, moments: Moments): unknown {
    if (moments === "ms") return (value as number) + this.byMs;
    if (moments === "text") return this.text(value as string);
    const copy: any = Array.isArray(value) ? [...value] : { ...(value as object) };
    for (const [key, where] of moments) copy[key] = this.value(copy[key], where);
    return copy;
  }

  private text(text: string): string {
    let moved = this.texts.get(text);
    if (moved === undefined) {
      const ms = parseRfc3339(text)! + this.byMs;
      moved = text.includes(".") ? rfc3339Micro(ms) : rfc3339(ms);
      this.texts.set(text, moved);
    }
    return moved;
  }
}
