import { validateEnv, validateEnvFrom } from "../kinds/pod/validation/env";
import { validateResources } from "../kinds/pod/validation/resources";
import { validatePodSpec } from "../kinds/pod/validation/spec";
import { validateVolumes } from "../kinds/pod/validation/volumes";
import { callsSuite } from "./suite";
import { kindAsks, partOf } from "./validation";

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
    ValidateResourceRequirements: partOf(validateResources),
  },
  { open: 2722 },
);
