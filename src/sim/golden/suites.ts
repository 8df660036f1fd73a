import { bootstrapSuite } from "./bootstrap";
import { controllerSuite, deploymentSuite } from "./controllers";
import { cronJobSuite } from "./cron-jobs";
import { discoverySuite } from "./discovery";
import { namesSuite } from "./names";
import { openApiSuite } from "./openapi";
import { jsonMergeSuite, strategicMergeSuite } from "./patches";
import { podSuite } from "./pods";
import { columnsSuite, printersSuite } from "./printers";
import { schedulingSuites } from "./scheduling";
import { fieldsSuite, labelsSuite } from "./selectors";
import type { Suite } from "./suite";
import { appsSuite } from "./val-apps";
import { autoscalingSuite } from "./val-autoscaling";
import { batchSuite } from "./val-batch";
import { certificatesSuite } from "./val-certificates";
import { coordinationSuite } from "./val-coordination";
import { coreSuite } from "./val-core";
import { discoveryGroupSuite } from "./val-discovery";
import { networkingSuite } from "./val-networking";
import { policySuite } from "./val-policy";
import { rbacSuite } from "./val-rbac";
import { schedulingGroupSuite } from "./val-scheduling";
import { storageSuite } from "./val-storage";
import { durationSuite, intOrStringSuite, quantitySuite } from "./values";

/** The recordings that are asked of the simulation alone. */
export const simSuites: Suite[] = [
  bootstrapSuite,
  columnsSuite,
  controllerSuite,
  cronJobSuite,
  deploymentSuite,
  discoverySuite,
  durationSuite,
  fieldsSuite,
  intOrStringSuite,
  jsonMergeSuite,
  labelsSuite,
  namesSuite,
  openApiSuite,
  podSuite,
  printersSuite,
  quantitySuite,
  ...schedulingSuites,
  strategicMergeSuite,
  appsSuite,
  autoscalingSuite,
  batchSuite,
  certificatesSuite,
  coordinationSuite,
  coreSuite,
  discoveryGroupSuite,
  networkingSuite,
  policySuite,
  rbacSuite,
  schedulingGroupSuite,
  storageSuite,
];
