import type { Component } from "../component";
import { controllerComponent, controllerManager } from "./controller";
import { deploymentController } from "./deployment/deployment";
import { replicaSetController, replicationController } from "./replica-set/replica-set";

/** All controllers of kube-controller-manager. */
export const controllers: readonly Component[] = controllerManager(
  [deploymentController, replicaSetController, replicationController].map(controllerComponent),
);
