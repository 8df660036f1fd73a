import type { Area } from "./frame/area";

const KINDS = ["pod", "deploy", "svc", "cm", "secret", "ns", "node", "rs", "rc", "sa", "ep", "endpointslices"];

export const explain: Area = {
  name: "explain",
  lines: [
    ...KINDS.flatMap((kind) => [
      `kubectl explain ${kind}`,
      `kubectl explain ${kind} --recursive`,
      `kubectl explain ${kind}.metadata`,
    ]),
    "kubectl explain pod.spec.containers.resources",
    "kubectl explain pod.spec.nope",
    "kubectl explain nope",
    "kubectl explain deploy.spec.strategy.rollingUpdate",
  ],
};
