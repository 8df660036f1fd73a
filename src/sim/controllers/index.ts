import type { Component } from "../component";
import { approvingController } from "./certificates/approving";
import { cleaningController } from "./certificates/cleaning";
import { signingController } from "./certificates/signing";
import { clusterRoleAggregationController } from "./cluster-role-aggregation/cluster-role-aggregation";
import { type Controller, controllerComponent, controllerManager } from "./controller";
import { cronJobController } from "./cron-job/cron-job";
import { daemonSetController } from "./daemon-set/daemon-set";
import { deploymentController } from "./deployment/deployment";
import { disruptionController } from "./disruption/disruption";
import { endpointSliceController } from "./endpoint-slice/endpoint-slice";
import { endpointSliceMirroringController } from "./endpoint-slice/mirroring";
import { endpointsController } from "./endpoints/endpoints";
import { eventTtl } from "./event-ttl/event-ttl";
import { garbageCollector } from "./garbage-collector/garbage-collector";
import { horizontalPodAutoscalerController } from "./horizontal-pod-autoscaler/horizontal-pod-autoscaler";
import { jobController } from "./job/job";
import { ttlAfterFinishedController } from "./job/ttl";
import { namespaceController } from "./namespace/namespace";
import { nodeLifecycleController } from "./node-lifecycle/node-lifecycle";
import { taintEvictionController } from "./node-lifecycle/taint-eviction";
import { persistentVolumeController } from "./persistent-volume/persistent-volume";
import { claimProtectionController, volumeProtectionController } from "./persistent-volume/protection";
import { podGarbageCollector } from "./pod-gc/pod-gc";
import { replicaSetController, replicationController } from "./replica-set/replica-set";
import { resourceQuotaController } from "./resource-quota/resource-quota";
import { serviceController } from "./service/load-balancer";
import { rootCaPublisher, serviceAccountController } from "./service-account/service-account";
import { tokensController } from "./service-account/tokens";
import { statefulSetController } from "./stateful-set/stateful-set";

const all: readonly Controller[] = [
  deploymentController,
  replicaSetController,
  replicationController,
  daemonSetController,
  statefulSetController,
  jobController,
  cronJobController,
  disruptionController,
  horizontalPodAutoscalerController,
  ttlAfterFinishedController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  namespaceController,
  serviceAccountController,
  rootCaPublisher,
  tokensController,
  clusterRoleAggregationController,
  approvingController,
  signingController,
  cleaningController,
  resourceQuotaController,
  nodeLifecycleController,
  taintEvictionController,
  serviceController,
  podGarbageCollector,
  persistentVolumeController,
  claimProtectionController,
  volumeProtectionController,
  garbageCollector,
];

/** All controllers of kube-controller-manager, and the expiry of events, which is the API server's own. */
export const controllers: readonly Component[] = [...controllerManager(all.map(controllerComponent)), eventTtl];
