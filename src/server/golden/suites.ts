import type { Suite } from "@/sim/golden/suite";
import { apiObjectsSuite } from "./api-objects";

/** The recordings that are asked of the server. */
export const serverSuites: Suite[] = [apiObjectsSuite];
