export const CONTROLLER = "daemonset-controller";
export const DAEMON_SETS = "daemonsets.apps";
