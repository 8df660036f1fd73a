import { type AdmissionPlugin, isPod } from "./admission";

/** Pods stay five minutes on a node that is not ready or not reachable, unless they say otherwise. */
const TOLERATION_SECONDS = 300;
const TAINTS = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

export const defaultTolerationSeconds: AdmissionPlugin = {
  name: "DefaultTolerationSeconds",
  mutate(request) {
    const { verb, draft } = request;
    if (verb !== "create" || !isPod(request) || !draft.spec) return;
    const tolerations: { key?: string; operator?: string; effect?: string }[] = draft.spec.tolerations ?? [];
    const tolerated = (taint: string) =>
      tolerations.some(
        ({ key, effect, operator }) =>
          (key === taint || (!key && operator === "Exists")) && (!effect || effect === "NoExecute"),
      );
    for (const key of TAINTS) {
      if (tolerated(key)) continue;
      draft.spec.tolerations = [
        ...(draft.spec.tolerations ?? []),
        { key, operator: "Exists", effect: "NoExecute", tolerationSeconds: TOLERATION_SECONDS },
      ];
    }
  },
};
