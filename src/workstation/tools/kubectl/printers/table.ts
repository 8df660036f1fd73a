import { alignTabs, TABLE } from "./tabwriter";

export interface TableColumn {
  name: string;
  type: string;
  format?: string;
  priority?: number;
}

export interface TableRow {
  cells: unknown[];
  object?: any;
}

/** A `meta.k8s.io/v1` Table, as the server answers `get`. */
export interface Table {
  kind: "Table";
  metadata?: { resourceVersion?: string; continue?: string };
  columnDefinitions: TableColumn[] | null;
  rows: TableRow[];
}

export interface TableOptions {
  wide: boolean;
  noHeaders: boolean;
  withNamespace: boolean;
  /** `pod`, `deployment.apps`: put before the name (`pod/web`). */
  kind?: string;
  showLabels: boolean;
  /** `-L` */
  labelColumns: string[];
  /** `--output-watch-events`: what happened, in a first column. */
  events?: string[];
}

export const isTable = (value: unknown): value is Table => (value as { kind?: string } | null)?.kind === "Table";

/** Rows under their headers, not yet aligned: cells are parted by tabs. */
export function tableLines(table: Table, options: TableOptions): string[] {
  const columns = (table.columnDefinitions ?? [])
    .map((column, index) => ({ ...column, index }))
    .filter((column) => options.wide || !column.priority);
  const lines: string[] = [];
  if (!options.noHeaders) {
    const headers = columns.map((column) => column.name.toUpperCase());
    if (options.withNamespace) headers.unshift("NAMESPACE");
    if (options.events) headers.unshift("EVENT");
    headers.push(...options.labelColumns.map((label) => label.slice(label.lastIndexOf("/") + 1).toUpperCase()));
    if (options.showLabels) headers.push("LABELS");
    lines.push(headers.join("\t"));
  }
  table.rows.forEach((row, index) => {
    const cells = columns.map((column) => {
      const text = cellText(row.cells[column.index]);
      return options.kind && column.name === "Name" ? `${options.kind}/${text}` : text;
    });
    const metadata = row.object?.metadata ?? {};
    if (options.withNamespace) cells.unshift(metadata.namespace ?? "");
    if (options.events) cells.unshift(options.events[index] ?? "");
    for (const label of options.labelColumns) cells.push(metadata.labels?.[label] ?? "");
    if (options.showLabels) cells.push(formatLabels(metadata.labels));
    lines.push(cells.join("\t"));
  });
  return lines;
}

export const alignTable = (lines: string[], remember?: number[]): string =>
  lines.length > 0 ? alignTabs(`${lines.join("\n")}\n`, { ...TABLE, ...(remember && { remember }) }) : "";

/** Only the first line of a text fits a cell. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return cell === null ? "<nil>" : "";
  const text = typeof cell === "string" ? cell : String(cell);
  const newline = text.search(/[\n\r\f]/);
  return newline < 0 ? text : `${text.slice(0, newline)}...`;
}

export function formatLabels(labels: Record<string, string> | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.length > 0 ? keys.map((key) => `${key}=${labels![key]}`).join(",") : "<none>";
}
