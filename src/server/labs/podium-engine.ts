import { startChallenge } from "@/grading/challenge-lab";
import { Lab } from "@/workstation/lab/lab";
import type { LabEngine } from "./engine";

/** The labs of learners: that of a challenge, or an empty cluster to play with. */
export const podiumEngine: LabEngine = {
  create({ seed, startMs, challenge }, host) {
    if (!challenge) return Lab.create({ seed, startMs, kubectl: "current" }, host);
    // The grader starts its own labs without a host; a learner's is the same one, moved in with its host.
    return Lab.restore(startChallenge(challenge, { seed, startMs }).snapshot(), host);
  },
  restore: (snapshot, host) => Lab.restore(snapshot, host),
  replay: (lab, entry) => (lab as Lab).replay(entry),
};
