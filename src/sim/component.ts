import type { ApiClient } from "./apiserver/client";
import type { KindRegistry } from "./apiserver/registry";
import type { ApiRequest, ApiResponse, Change } from "./apiserver/request";
import type { Store } from "./apiserver/store";
import type { EventRecorder } from "./event-recorder";
import type { Kernel } from "./kernel/kernel";
import type { Timer } from "./kernel/queue";
import type { Network } from "./network/network";
import type { ClusterOptions } from "./options";
import type { Runtime } from "./runtime";

/** What every component of a cluster is handed. It holds no state of its own: state is in the kernel's tables. */
export interface Sim {
  readonly options: ClusterOptions;
  readonly kernel: Kernel;
  readonly store: Store;
  readonly kinds: KindRegistry;
  /** A client that acts as this component (user name and field manager). */
  api(component: string): ApiClient;
  /** What the API server answers to a request that came over the network. */
  serve(request: ApiRequest): ApiResponse;
  readonly recorder: EventRecorder;
  readonly runtime: Runtime;
  readonly network: Network;
}

/**
 * A part of the control plane or a node agent. Components are stateless objects shared by all clusters of the process:
 * what they remember is in `sim.kernel.table("<name>.<what>")`, and when they next want to run is a kernel timer.
 */
export interface Component {
  name: string;
  /** Its timers wake nobody: they run when time moves for another reason, and do not count as work to come. */
  background?: boolean;
  /** A timer that `sim.kernel.schedule(delayMs, name, key, data)` set is due. */
  onTimer?(sim: Sim, timer: Timer): void;
  /** A write has happened. Called after the request is done, in the order of writes. Take note and set a timer; no more. */
  onChange?(sim: Sim, change: Change): void;
}
