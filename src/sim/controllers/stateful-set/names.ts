export const CONTROLLER = "statefulset-controller";
export const STATEFUL_SETS = "statefulsets.apps";
