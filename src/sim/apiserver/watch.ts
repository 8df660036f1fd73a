import type { KubeObject } from "../types";
import { asServed } from "./conversion";
import { storedResource } from "./kind";
import { isSelected, type Selection } from "./listing";
import { withFieldTrees } from "./managed-fields/entries";
import type { WatchEvent } from "./request";
import type { Store } from "./store";
import { type IncludeObject, partialMetadata, type Representation, tableOf } from "./table";

/**
 * A watch is a cursor into the store's log: whoever holds it polls after the cluster has moved. It is not part of the
 * cluster's state; a client whose watch is lost lists and watches again, as with the real server.
 */
export class Watch {
  private firstTable = true;

  constructor(
    private readonly store: () => Store,
    private readonly nowMs: () => number,
    private readonly selection: Selection,
    private readonly representation: Representation,
    private readonly include: IncludeObject,
    private cursor: number,
    private initial: readonly KubeObject[],
  ) {}

  /** What has happened since the last poll, oldest first. An ERROR event (410) is the last one ever. */
  poll(): WatchEvent[] {
    const events: WatchEvent[] = this.initial.map((object) => this.event("ADDED", object));
    this.initial = [];
    const store = this.store();
    if (store.resourceVersion < this.cursor) return [...events, this.expired()];
    const changes = store.changesSince(this.cursor);
    if (!changes) return [...events, this.expired()];
    const { kind } = this.selection;
    const resource = storedResource(kind);
    for (const change of changes) {
      this.cursor = change.resourceVersion;
      if (change.resource !== resource) continue;
      const object = asServed(kind, change.object);
      const previous = change.previous && asServed(kind, change.previous);
      // An object that starts or stops matching the selector comes and goes for this watch.
      const now = change.type !== "DELETED" && isSelected(this.selection, object);
      const before = previous !== undefined && isSelected(this.selection, previous);
      if (now) events.push(this.event(before ? "MODIFIED" : "ADDED", object));
      else if (before)
        events.push(
          this.event("DELETED", change.type === "DELETED" ? object : versioned(previous!, change.resourceVersion)),
        );
    }
    return events;
  }

  /** A bookmark: nothing has happened up to here. */
  bookmark(): WatchEvent {
    const { kind } = this.selection;
    return {
      type: "BOOKMARK",
      object: {
        kind: kind.kind,
        apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version,
        metadata: { resourceVersion: String(this.cursor), creationTimestamp: null },
      },
    };
  }

  private event(type: WatchEvent["type"], object: KubeObject): WatchEvent {
    if (this.representation === "object") return { type, object: withFieldTrees(object) };
    if (this.representation === "metadata") return { type, object: partialMetadata(object) };
    const metadata = { resourceVersion: object.metadata.resourceVersion };
    const table = tableOf(this.selection.kind, [object], metadata, this.nowMs(), this.include, this.firstTable);
    this.firstTable = false;
    return { type, object: table };
  }

  private expired(): WatchEvent {
    const message = `too old resource version: ${this.cursor} (${this.store().resourceVersion})`;
    return {
      type: "ERROR",
      object: {
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Failure",
        message,
        reason: "Expired",
        code: 410,
      },
    };
  }
}

const versioned = (object: KubeObject, resourceVersion: number): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: String(resourceVersion) },
});
