import { resourceName } from "../apiserver/kind";
import type { Change } from "../apiserver/request";
import { StatusError } from "../apiserver/status";
import type { Component, Sim } from "../component";
import { isApiDown, isDown, isStorageDown } from "../faults";

/** How long after a change a controller gets to it, in lab time. */
const SYNC_DELAY_MS = 5;
/** client-go's default rate limiter: 5 ms, doubled at each failure, at most 1000 s. */
const BACKOFF_BASE_MS = 5;
const BACKOFF_LIMIT_MS = 1_000_000;
/** The process that runs all controllers: while it is down none of them works. */
export const CONTROLLER_MANAGER = "kube-controller-manager";

/**
 * Upstream's shape: changes name keys, `sync` brings the world of one key closer to what is wanted. It is level-driven
 * and idempotent, reads through `sim.store` and writes through `sim.api(name)` only.
 */
export interface Controller {
  /** As upstream names it in events and user names: `deployment-controller`. */
  name: string;
  /** The keys that a change concerns, usually `namespace/name` of the owner. */
  keysFor(change: Change, sim: Sim): Iterable<string>;
  /** Returns after how long to look again although nothing changed, if at all. */
  sync(sim: Sim, key: string): { requeueAfterMs: number } | undefined;
}

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf("/");
  return slash < 0 ? { namespace: "", name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

export function keyOf(object: { metadata: { namespace?: string; name: string } }): string {
  return object.metadata.namespace ? `${object.metadata.namespace}/${object.metadata.name}` : object.metadata.name;
}

/** Runs a controller on the kernel's timers: one queue of keys, each at most once in it, failures backed off. */
export function controllerComponent(controller: Controller): Component {
  const { name } = controller;
  return {
    name,
    onChange(sim, change) {
      for (const key of controller.keysFor(change, sim)) {
        const due = sim.kernel.queue.get(name, key);
        const atMs = sim.kernel.nowMs + SYNC_DELAY_MS;
        if (!due || due.atMs > atMs) sim.kernel.schedule(SYNC_DELAY_MS, name, key);
      }
    },
    onTimer(sim, timer) {
      // What was due is not lost: every key is looked at anew when the process comes back.
      if (isDown(sim, "component", CONTROLLER_MANAGER) || isApiDown(sim) || isStorageDown(sim)) return;
      const failures = sim.kernel.table<number>(`${name}.failures`);
      try {
        const again = controller.sync(sim, timer.key);
        failures.delete(timer.key);
        if (again && !sim.kernel.queue.get(name, timer.key)) sim.kernel.schedule(again.requeueAfterMs, name, timer.key);
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        const count = failures.get(timer.key) ?? 0;
        failures.set(timer.key, count + 1);
        sim.kernel.schedule(Math.min(BACKOFF_LIMIT_MS, BACKOFF_BASE_MS * 2 ** Math.min(count, 30)), name, timer.key);
      }
    },
  };
}

/** The controllers of one process. When it comes up again it lists the whole cluster, as upstream's informers do. */
export function controllerManager(controllers: readonly Component[]): readonly Component[] {
  return [
    ...controllers,
    {
      name: CONTROLLER_MANAGER,
      onTimer(sim) {
        if (isDown(sim, "component", CONTROLLER_MANAGER)) return;
        for (const change of relist(sim)) for (const controller of controllers) controller.onChange?.(sim, change);
      },
    },
  ];
}

/** All objects, as if each had just been added. */
export function* relist(sim: Sim): Iterable<Change> {
  for (const kind of sim.kinds.stored) {
    const resource = resourceName(kind);
    for (const object of sim.store.list(resource)) {
      yield { type: "ADDED", resource, resourceVersion: sim.store.resourceVersion, object };
    }
  }
}
