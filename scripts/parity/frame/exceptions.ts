/** Lines whose output may differ, each with its reason. */
const EXCEPTIONS: { pattern: RegExp; reason: string }[] = [
  { pattern: /^kubectl version(?!.*--help)/, reason: "the two kubectl have versions of their own" },
  {
    pattern: /^kubectl config (view|current-context|get-\w+)(?!.*--(help|kubeconfig))/,
    reason: "each has its own kubeconfig",
  },
  {
    pattern: /-f noversion.yaml --validate=false/,
    reason: "the real one asks the server for /api/pods, which says nothing to a learner; ours names what is missing",
  },
];

export const exceptionOf = (line: string): string | undefined =>
  EXCEPTIONS.find(({ pattern }) => pattern.test(line))?.reason;
