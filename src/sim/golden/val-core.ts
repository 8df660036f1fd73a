import { validateEnv, validateEnvFrom } from "../kinds/pod/validation/env";
import { validateQuantity, validateResources } from "../kinds/pod/validation/resources";
import { validatePodSpec } from "../kinds/pod/validation/spec";
import { validateVolumes } from "../kinds/pod/validation/volumes";
import { parseQuantity } from "../kinds/quantity";
import { validateQuotaResourceName, validateResourceQuotaSpec } from "../kinds/resource-quota/validation";
import { callsSuite } from "./suite";
import { compareErrors, kindAsks, partOf } from "./validation";

export const coreSuite = callsSuite(
  "val-core.jsonl.gz",
  {
    ...kindAsks("", [
      "Pod",
      "Service",
      "ReplicationController",
      "Node",
      "Namespace",
      "Secret",
      "ConfigMap",
      "Endpoints",
      "Event",
      "PersistentVolume",
      "PersistentVolumeClaim",
      "LimitRange",
      "ResourceQuota",
      "PodTemplate",
    ]),
    ValidatePodSpec: partOf(validatePodSpec),
    ValidateEnv: partOf(validateEnv),
    ValidateEnvFrom: partOf(validateEnvFrom),
    ValidateVolumes: partOf((volumes, path) => validateVolumes(volumes, path).errors),
    ValidateResourceQuotaSpec: partOf(validateResourceQuotaSpec),
    ValidateResourceQuotaResourceName: ({ in: [name, path], out }) =>
      compareErrors(validateQuotaResourceName(name, path), out.at(-1)),
    ValidateResourceQuantityValue: ({ in: [name, value, path], out }) =>
      compareErrors(validateQuantity(name, parseQuantity(value), path), out.at(-1)),
    ValidateResourceRequirements: partOf(validateResources),
  },
  { open: 2532 },
);
