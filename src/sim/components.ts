import { kubernetesService } from "./boot/kubernetes-service";
import { nodeStatus } from "./boot/node-status";
import type { Component } from "./component";
import { controlPlane } from "./control-plane/review";
import { controllers } from "./controllers";
import { apiServiceAvailability } from "./controllers/api-service/availability";
import { customResourceDefinitions } from "./controllers/custom-resource-definition/custom-resource-definition";
import { ingressNginx } from "./controllers/ingress-nginx";
import { serviceAddresses } from "./controllers/service-addresses/service-addresses";
import { kubelet } from "./kubelet";
import { machines } from "./machines";
import { kubeProxy } from "./network/kube-proxy";
import { scheduler } from "./scheduler";

/** All components, in the order in which they learn of a change. */
export const components: readonly Component[] = [
  ...controllers,
  scheduler,
  ...kubelet,
  kubeProxy,
  ingressNginx,
  serviceAddresses,
  customResourceDefinitions,
  apiServiceAvailability,
  machines,
  controlPlane,
  nodeStatus,
  kubernetesService,
];
