import type { Area } from "./frame/area";
import { RUNNING, RUNNING_FILES } from "./frame/files";

export const patch: Area = {
  name: "patch",
  files: RUNNING_FILES,
  setup: RUNNING,
  lines: [
    'kubectl patch deploy shop -p \'{"spec":{"replicas":1}}\'',
    'kubectl patch deploy shop -p \'{"spec":{"replicas":-1}}\'',
    'kubectl patch deploy shop -p \'{"spec":{"replicas":"x"}}\'',
    'kubectl patch deploy shop --type=json -p \'[{"op":"replace","path":"/spec/replicas","value":2}]\'',
    'kubectl patch deploy shop --type=json -p \'[{"op":"test","path":"/spec/replicas","value":7}]\'',
    'kubectl patch deploy shop --type=merge -p \'{"metadata":{"labels":{"x":"y"}}}\'',
    "kubectl patch deploy shop -p 'nonsense'",
    'kubectl patch pod talker -p \'{"spec":{"nodeName":"node-2"}}\'',
  ],
};
