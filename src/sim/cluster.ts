import type { ApiRequest, ApiResponse, Change } from "./apiserver/request";
import { ApiServer } from "./apiserver/server";
import { Store } from "./apiserver/store";
import type { Watch } from "./apiserver/watch";
import { applyFault } from "./apply-fault";
import { AGE_AT_START_MS, bootCluster } from "./boot/boot";
import { bootedKernel } from "./boot/template";
import type { Component, Sim } from "./component";
import { components } from "./components";
import { EventRecorder } from "./event-recorder";
import type { Fault } from "./faults";
import { deepFreeze } from "./kernel/freeze";
import { Kernel, type KernelSnapshot } from "./kernel/kernel";
import type { Timer } from "./kernel/queue";
import { kindsOf } from "./kinds/of-cluster";
import { createRuntime } from "./kubelet/runtime";
import { changeMachine, type MachineChange, type MachineChangeResult } from "./machines/change";
import { createNetwork } from "./network";
import type { NetworkRequest, NetworkResponse } from "./network/types";
import { type ClusterOptions, clusterOptions } from "./options";
import type { ContainerChange, ContainerChangeResult, ContainerRef, Runtime } from "./runtime";
import { componentsOf, isActive } from "./without";

/** Everything that can happen to a cluster from outside. Plain data: a journal of inputs replays a cluster. */
export type ClusterInput =
  | { kind: "api"; request: ApiRequest }
  | { kind: "network"; request: NetworkRequest }
  | { kind: "container"; ref: ContainerRef; change: ContainerChange }
  | { kind: "machine"; node: string; change: MachineChange }
  | { kind: "fault"; fault: Fault };

export interface ClusterOutput {
  api: ApiResponse;
  network: NetworkResponse;
  container: ContainerChangeResult;
  machine: MachineChangeResult;
  fault: Record<string, never>;
}

export interface ClusterSnapshot {
  options: ClusterOptions;
  kernel: KernelSnapshot;
}

/** More steps than this without time moving on is a loop between components: a bug, reported rather than hung on. */
const STEPS_PER_MOMENT_LIMIT = 200_000;

const byName = new Map<string, Component>(components.map((component) => [component.name, component]));

const inBackground = (timer: Timer) => byName.get(timer.component)?.background === true;

/**
 * A whole Kubernetes cluster as a value: pure, synchronous and deterministic. The same options and inputs at the same
 * times give the same state to the last byte.
 */
export class Cluster {
  private readonly sim: Sim;
  private readonly server: ApiServer;
  private pending: Change[] = [];

  private constructor(
    readonly options: ClusterOptions,
    private readonly kernel: Kernel,
    private readonly storeOf: Store,
  ) {
    this.storeOf.subscribe((change) => this.pending.push(change));
    this.server = new ApiServer(options, kernel, storeOf, () => this.sim);
    const recorder = new EventRecorder(kernel, storeOf, (component) => this.server.client(component));
    const server = this.server;
    const sim = {
      options,
      kernel,
      store: storeOf,
      get kinds() {
        return kindsOf(storeOf);
      },
      api: (component: string) => server.client(component),
      serve: (request: ApiRequest) => server.handle(request),
      recorder,
    } as { -readonly [K in keyof Sim]: Sim[K] };
    sim.runtime = createRuntime(sim);
    sim.network = createNetwork(sim);
    this.sim = sim;
  }

  /** A running cluster: its nodes are Ready and kube-system's pods run. */
  static create(partial: Partial<ClusterOptions> = {}): Cluster {
    const options = deepFreeze(clusterOptions(partial));
    const kernel = bootedKernel(options, (template) => Cluster.start(template).kernel);
    return new Cluster(options, kernel, new Store(kernel));
  }

  /** Starts a cluster from nothing and lets it come to rest. */
  private static start(options: ClusterOptions): Cluster {
    const kernel = Kernel.create(options.seed, options.startMs);
    const cluster = new Cluster(options, kernel, new Store(kernel));
    bootCluster(cluster.sim);
    cluster.dispatch();
    cluster.advanceTo(options.startMs + AGE_AT_START_MS);
    return cluster;
  }

  static restore(snapshot: ClusterSnapshot): Cluster {
    const kernel = Kernel.restore(snapshot.kernel);
    return new Cluster(deepFreeze(snapshot.options), kernel, new Store(kernel));
  }

  get nowMs(): number {
    return this.kernel.nowMs;
  }

  /** Read-only views, for graders, maps and watches. */
  get store(): Pick<Store, "get" | "list" | "changesSince" | "resourceVersion"> {
    return this.storeOf;
  }

  get runtime(): Pick<Runtime, "inspect" | "log" | "listening" | "usage"> {
    return this.sim.runtime;
  }

  /** For tests of components and for the layers above that read (completion, cause chains). Never writes through it. */
  get inside(): Sim {
    return this.sim;
  }

  apply<I extends ClusterInput>(input: I): ClusterOutput[I["kind"]] {
    const output = this.perform(input);
    this.dispatch();
    return output as ClusterOutput[I["kind"]];
  }

  /** An API request: the most common input. */
  request(request: ApiRequest): ApiResponse {
    return this.apply({ kind: "api", request });
  }

  /** Opens a watch to be polled after the cluster has moved; a refusal is a response with a Status. Changes nothing. */
  watch(request: ApiRequest): Watch | ApiResponse {
    return this.server.watch(request);
  }

  /** Whether the API server lets a request for a stream in; throws the StatusError that refuses it. Changes nothing. */
  authorize(request: ApiRequest): void {
    this.server.authorize(request);
  }

  /** Runs all that is due up to and including `timeMs`, in order, and leaves the clock there. Time has whole milliseconds. */
  advanceTo(until: number): void {
    const timeMs = Math.floor(until);
    let steps = 0;
    for (;;) {
      const timer = this.kernel.queue.peek();
      if (!timer || timer.atMs > timeMs) break;
      if (timer.atMs > this.kernel.nowMs) {
        steps = 0;
        this.kernel.setTime(timer.atMs);
      } else if (++steps > STEPS_PER_MOMENT_LIMIT) {
        throw new Error(`the cluster does not come to rest at ${this.kernel.now()}: ${timer.component} ${timer.key}`);
      }
      this.kernel.queue.pop();
      const component = byName.get(timer.component);
      if (component && isActive(this.options, component)) component.onTimer?.(this.sim, timer);
      this.dispatch();
    }
    if (timeMs > this.kernel.nowMs) this.kernel.setTime(timeMs);
  }

  /** When the cluster next wants to run; undefined where it is at rest. */
  nextEventMs(): number | undefined {
    return this.kernel.queue.nextMs(inBackground);
  }

  snapshot(): ClusterSnapshot {
    return { options: this.options, kernel: this.kernel.snapshot() };
  }

  /** An independent copy that shares all frozen objects: a few shallow copies. */
  fork(): Cluster {
    const kernel = this.kernel.fork();
    return new Cluster(this.options, kernel, this.storeOf.fork(kernel));
  }

  /** SHA-256 of the whole state, in hex. */
  hash(): string {
    return this.kernel.hash();
  }

  private perform(input: ClusterInput): ClusterOutput[ClusterInput["kind"]] {
    switch (input.kind) {
      case "api":
        return this.server.handle(input.request);
      case "network":
        return this.sim.network.request(input.request);
      case "container":
        return this.sim.runtime.change(input.ref, input.change);
      case "machine":
        return changeMachine(this.sim, input.node, input.change);
      case "fault":
        applyFault(this.sim, input.fault);
        return {};
    }
  }

  /** Tells the components what was written, until nothing more is. */
  private dispatch(): void {
    while (this.pending.length > 0) {
      const changes = this.pending;
      this.pending = [];
      for (const change of changes) {
        for (const component of componentsOf(this.options)) component.onChange?.(this.sim, change);
      }
    }
  }
}
