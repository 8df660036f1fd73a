import { refuseEscalation } from "../authorization/escalation";
import type { AdmissionPlugin } from "./admission";

/** Upstream checks this in RBAC's storage: after every plugin that mutates, and before the object is validated. */
export const roleEscalation: AdmissionPlugin = { name: "RoleEscalation", mutate: refuseEscalation };
