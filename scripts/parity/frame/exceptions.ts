/** Lines whose output may differ, each with its reason. */
const EXCEPTIONS: { pattern: RegExp; reason: string }[] = [
  { pattern: /^kubectl version/, reason: "the two kubectl have versions of their own" },
  { pattern: /^kubectl config /, reason: "each has its own kubeconfig" },
];

export const exceptionOf = (line: string): string | undefined =>
  EXCEPTIONS.find(({ pattern }) => pattern.test(line))?.reason;
