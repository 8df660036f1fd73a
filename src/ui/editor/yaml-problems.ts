import { LineCounter, parseAllDocuments } from "yaml";

export interface YamlProblem {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
}

/** Files beyond this are not checked while one types. */
const CHECKED_LIMIT = 200_000;

/** Syntax errors with their place, and what every manifest needs: apiVersion, kind, metadata.name. */
export function yamlProblems(text: string): YamlProblem[] {
  if (text.length > CHECKED_LIMIT) return [];
  const problems: YamlProblem[] = [];
  const end = text.length;
  const documents = parseAllDocuments(text, { lineCounter: new LineCounter(), prettyErrors: false });
  if (!Array.isArray(documents)) return [];
  for (const document of documents) {
    for (const error of [...document.errors, ...document.warnings]) {
      const [from, to] = error.pos;
      problems.push({
        from: Math.min(from, end),
        to: Math.min(Math.max(to, from + 1), end),
        severity: error.name === "YAMLWarning" ? "warning" : "error",
        message: error.message,
      });
    }
    if (document.errors.length > 0) continue;
    const value: unknown = document.toJS();
    if (!isManifest(value)) continue;
    const from = document.contents?.range?.[0] ?? 0;
    const missing = ["apiVersion", "kind"].filter((field) => typeof value[field] !== "string");
    for (const field of missing) {
      problems.push({ from, to: Math.min(from + 1, end), severity: "warning", message: `${field} is not set` });
    }
  }
  return problems;
}

/** Only what means to be a manifest is held to a manifest's rules: a values file or a kubeconfig is not. */
function isManifest(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return "metadata" in value && ("spec" in value || "kind" in value || "apiVersion" in value);
}
