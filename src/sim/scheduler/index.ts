export { kubeScheduler as scheduler } from "./scheduler";
