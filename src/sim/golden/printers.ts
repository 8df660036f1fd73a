import { parseRfc3339 } from "../kernel/time";
import { kinds } from "../kinds";
import { goldenText, hasGolden } from "./cases";
import { type CaseResult, differs, NOT_RUN, SIM_EXCEPTIONS, type Suite } from "./suite";
import { attempt } from "./values";

interface PrinterCase {
  fn: string;
  now: string;
  object: any;
  rows: { cells: unknown[] }[] | null;
  wide: boolean;
}

/** Kinds are recorded in the version that 1.20 stored; the rows are the same in the one that is served today. */
const definitionOf = (apiVersion: string, kind: string) =>
  kinds.findKind(apiVersion.replace(/v1(alpha|beta)\d$/, "v1"), kind) ?? kinds.all.find((one) => one.kind === kind);

function complaintsOf({ object, now, rows, wide }: PrinterCase): string[] {
  const items = object.kind.endsWith("List")
    ? (object.items ?? []).map((item: any) => ({
        ...item,
        kind: object.kind.slice(0, -"List".length),
        apiVersion: object.apiVersion,
      }))
    : [object];
  return items.flatMap((item: any, index: number) => {
    const definition = definitionOf(item.apiVersion, item.kind);
    if (!definition) return [NOT_RUN];
    const row = attempt(() =>
      definition.row({ ...item, metadata: { name: "", ...item.metadata } }, parseRfc3339(now)!),
    );
    if (!Array.isArray(row)) return differs(row, rows?.[index]?.cells);
    const cells = definition.columns.flatMap(({ priority, name }, column) => {
      if (priority && !wide) return [];
      // RESTARTS became a text when "(5s ago)" joined it.
      return name === "Restarts" ? [Number(row[column])] : [row[column]];
    });
    return differs(cells, rows?.[index]?.cells);
  });
}

export const printersSuite: Suite = {
  file: "printers.jsonl.gz",
  exceptions: SIM_EXCEPTIONS,
  run: () =>
    !hasGolden
      ? []
      : goldenText("printers.jsonl.gz")
          .trim()
          .split("\n")
          .map((text, index): CaseResult => {
            const one: PrinterCase = JSON.parse(text);
            return { id: String(index + 1), what: one.fn, complaints: complaintsOf(one) };
          }),
};

/** Groups were recorded by their short names. */
const GROUPS: Record<string, string> = { core: "", networking: "networking.k8s.io", rbac: "rbac.authorization.k8s.io" };
const groupOf = (short: string) => GROUPS[short] ?? (OWN_NAMES.has(short) ? short : `${short}.k8s.io`);
const OWN_NAMES = new Set(["apps", "autoscaling", "batch", "policy"]);

function columnComplaints(group: string, kind: string, recorded: any[]): string[] {
  const definition = kinds.all.find((one) => one.group === groupOf(group) && one.kind === kind);
  if (!definition) return [NOT_RUN];
  const want = recorded.map(({ name, type, format, priority }) => ({ name, type, format, priority }));
  const got = definition.columns.map(({ name, type, format = "", priority = 0 }) => ({ name, type, format, priority }));
  return differs(got, want);
}

export const columnsSuite: Suite = {
  file: "columns.json",
  exceptions: SIM_EXCEPTIONS,
  run: () =>
    Object.entries<any[]>(JSON.parse(goldenText("columns.json"))).map(([key, recorded]) => {
      const [group, kind] = key.split(".") as [string, string];
      return { id: key, what: kind, complaints: columnComplaints(group, kind, recorded) };
    }),
};
