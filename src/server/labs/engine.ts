import type { JournalEntry, LabApi, LabHost, LabSnapshot } from "@/workstation/lab/types";
import type { LabSeed } from "./messages";

/** How labs are made. The worker has the real one; tests of the host may bring their own. */
export interface LabEngine {
  /** The lab of a seed, as it is before the first prompt: always the same for the same seed. */
  create(seed: LabSeed, host: LabHost): LabApi;
  restore(snapshot: LabSnapshot, host: LabHost): LabApi;
  /** Does to the lab what the journal says was done. */
  replay(lab: LabApi, entry: JournalEntry): void;
}
