import type { Suite } from "@/sim/golden/suite";
import { jsonPathSuite } from "./jsonpath";
import { transcriptsSuite } from "./transcripts";

/** The recordings that are asked of the workstation's kubectl. */
export const workstationSuites: Suite[] = [jsonPathSuite, transcriptsSuite];
