import { parseResourcePath } from "@/sim/apiserver/path";
import type { ApiRequest } from "@/sim/apiserver/request";
import { badRequest, failure, notFound, StatusError } from "@/sim/apiserver/status";
import { containerOf } from "@/sim/apiserver/subresources/pods";
import type { KubeObject } from "@/sim/types";
import type { ApiStream } from "../types";
import { attach, exec } from "./exec";
import { followLog } from "./log";
import { portForward } from "./port-forward";
import { queryText, type StreamContext } from "./stream";

/** Opens exec, attach, port-forward or a followed log. Throws StatusError where the server refuses. */
export function connectStream(context: StreamContext, request: ApiRequest): ApiStream {
  context.cluster().authorize(request);
  const path = parseResourcePath(request.path);
  if (path?.plural !== "pods" || !path.name || !path.subresource) throw badRequest("upgrade request required");
  const pod = context.cluster().store.get("pods", path.namespace, path.name);
  if (!pod) throw notFound({ group: "", resource: "pods" }, path.name);
  switch (path.subresource) {
    case "log":
      return followLog(context, pod, containerOf(pod, queryText(request, "container")), request);
    case "exec":
      return exec(context, pod, runningContainer(context, pod, request), request);
    case "attach":
      return attach(context, pod, runningContainer(context, pod, request), request);
    case "portforward":
      return portForward(context, pod);
    default:
      throw failure(404, "NotFound", "the server could not find the requested resource", {});
  }
}

/** As the kubelet looks for it: exec wants a container that runs. */
function runningContainer(context: StreamContext, pod: KubeObject, request: ApiRequest): string {
  const { name, uid } = pod.metadata;
  const container = containerOf(pod, queryText(request, "container"));
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  if (!context.cluster().runtime.inspect({ podUid: uid, container })) {
    throw new StatusError({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: `unable to upgrade connection: container not found ("${container}")`,
      reason: "InternalError",
      code: 500,
    });
  }
  return container;
}
