import type { ApiClient } from "./apiserver/client";
import { StatusError } from "./apiserver/status";
import type { Store } from "./apiserver/store";
import { clone } from "./kernel/freeze";
import type { Kernel } from "./kernel/kernel";
import type { KubeObject } from "./types";

/** Events older than this are gone, as with kube-apiserver's --event-ttl. */
export const EVENT_TTL_MS = 3_600_000;

/** From so many different messages on, within so long of each other, client-go's EventAggregator tells them as one. */
const MAX_SIMILAR = 10;
export const SIMILAR_WITHIN_MS = 600_000;

interface Similar {
  messages: number;
  lastMs: number;
}

/**
 * Records events as client-go's correlator does: the same event again raises `count` and `lastTimestamp` of the first.
 * Expiry is the `event-ttl` controller's.
 */
export class EventRecorder {
  constructor(
    private readonly kernel: Kernel,
    private readonly store: Store,
    private readonly client: (component: string) => ApiClient,
  ) {}

  event(
    about: KubeObject,
    type: "Normal" | "Warning",
    reason: string,
    message: string,
    source: { component: string; host?: string },
    fieldPath?: string,
  ): void {
    const namespace = about.metadata.namespace ?? "default";
    const seen = this.kernel.table<string>("events.seen");
    const similar = [source.component, source.host ?? "", about.metadata.uid, type, reason].join("\u0000");
    let identity = [similar, fieldPath ?? "", message].join("\u0000");
    let text = message;
    if (this.isOneOfMany(similar, !seen.has(identity))) {
      identity = similar;
      text = `(combined from similar events): ${message}`;
    }
    const client = this.client(source.component);
    const known = seen.get(identity);
    const previous = known === undefined ? undefined : this.store.get("events", namespace, known);
    try {
      if (previous) {
        const draft = clone(previous);
        draft.count = (draft.count ?? 1) + 1;
        draft.message = text;
        draft.lastTimestamp = this.kernel.now();
        client.update("events", draft);
        return;
      }
      const name = `${about.metadata.name}.${this.suffix()}`;
      const now = this.kernel.now();
      client.create("events", {
        apiVersion: "v1",
        kind: "Event",
        metadata: { name, namespace },
        involvedObject: {
          kind: about.kind,
          ...(about.metadata.namespace && { namespace: about.metadata.namespace }),
          name: about.metadata.name,
          uid: about.metadata.uid,
          apiVersion: about.apiVersion,
          resourceVersion: about.metadata.resourceVersion,
          ...(fieldPath && { fieldPath }),
        },
        reason,
        message: text,
        source: source.host ? { component: source.component, host: source.host } : { component: source.component },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        type,
        eventTime: null,
        reportingComponent: source.component,
        reportingInstance: source.host ?? "",
      });
      seen.set(identity, name);
    } catch (error) {
      // An event is never worth a failure: its namespace may be going.
      if (!(error instanceof StatusError)) throw error;
    }
  }

  /** Whether so many different messages came of late for one reason that those to come are told together. */
  private isOneOfMany(similar: string, isNew: boolean): boolean {
    const counts = this.kernel.table<Similar>("events.similar");
    const { nowMs } = this.kernel;
    const known = counts.get(similar);
    const recent = known && nowMs - known.lastMs <= SIMILAR_WITHIN_MS ? known.messages : 0;
    const messages = Math.min(recent + (isNew || recent === 0 ? 1 : 0), MAX_SIMILAR);
    counts.set(similar, { messages, lastMs: nowMs });
    return messages >= MAX_SIMILAR;
  }

  /** 16 hex digits, where client-go puts the time in nanoseconds. */
  private suffix(): string {
    const serial = (this.kernel.table<number>("events.serial").get("next") ?? 0) + 1;
    this.kernel.table<number>("events.serial").set("next", serial);
    return (BigInt(this.kernel.nowMs) * 1_000_000n + BigInt(serial % 1_000_000)).toString(16);
  }
}
