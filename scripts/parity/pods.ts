import type { Area } from "./frame/area";
import { RUNNING, RUNNING_FILES } from "./frame/files";

export const pods: Area = {
  name: "pods",
  files: RUNNING_FILES,
  setup: RUNNING,
  lines: [
    "kubectl logs talker",
    "kubectl logs talker --tail=1 --timestamps",
    "kubectl logs talker -c nope",
    "kubectl logs nope",
    "kubectl logs deploy/shop",
    "kubectl logs -l app=shop --prefix",
    "kubectl exec talker -- echo hello",
    "kubectl exec talker -- sh -c 'exit 3'",
    "echo typed | kubectl exec -i talker -- cat",
    "kubectl exec talker -- nope",
    "kubectl exec nope -- true",
    "kubectl exec deploy/shop -- hostname",
  ],
};
