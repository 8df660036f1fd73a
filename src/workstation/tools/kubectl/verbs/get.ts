import { age } from "@/sim/kinds/printing";
import { type Resource, resourcePath } from "../api/discovery";
import type { Call, Command } from "../command";
import { ApiError, CliError, isNotFound, throwAggregate } from "../errors";
import {
  allNamespaces,
  chunkSize,
  FILE_FLAGS,
  fieldSelector,
  noHeaders,
  selector,
  TEMPLATE_FLAGS,
} from "../flags/groups";
import { bool, list, text } from "../flags/spec";
import { type Printer, printerFor } from "../printers/output";
import { sortRows, Unsortable } from "../printers/sort";
import { alignTable, isTable, type Table, type TableColumn, type TableRow, tableLines } from "../printers/table";
import { resolveTargets } from "../resource/arguments";
import { listObject } from "../resource/builder";
import { loadFiles } from "../resource/files";
import { typed } from "../resource/info";
import { printRaw } from "./get-raw";
import { type Fetch, TABLE_ACCEPT, tableOptions } from "./get-table";
import { watchResources } from "./get-watch";

async function run(call: Call): Promise<number> {
  try {
    return await runGet(call);
  } catch (error) {
    if (!(error instanceof Unsortable)) throw error;
    call.session.klog("F", error.place, error.message);
    return 1;
  }
}

async function runGet(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (flags.text("raw")) return printRaw(call);
  const watching = flags.bool("watch") || flags.bool("watch-only");
  if (flags.bool("output-watch-events") && !watching)
    throw new CliError("--output-watch-events option can only be used with --watch or --watch-only");
  const fetches = await fetchesOf(call);
  const printer = printerFor(flags, {
    readFile: (name) => session.readFile(name),
    forGet: true,
    noHeaders: flags.bool("no-headers"),
  });
  if (watching) return watchResources(call, fetches, printer);
  if (!printer) return printTables(call, fetches);
  return printObjects(call, fetches, printer, args);
}

async function fetchesOf(call: Call): Promise<Fetch[]> {
  const { session, flags, args } = call;
  const everywhere = flags.bool("all-namespaces");
  if (flags.list("filename").length > 0 || flags.text("kustomize")) {
    if (args.length > 0)
      throw new CliError(
        "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
      );
    const { infos, errors } = await loadFiles(session, flags);
    throwAggregate(errors);
    return infos.map(({ resource, namespace, name }) => ({ resource, namespace, name }));
  }
  if (args.length === 0) {
    session.err(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    );
    throw new CliError(
      "Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples",
    );
  }
  const selected = flags.text("selector") !== "" || flags.text("field-selector") !== "";
  const targets = await resolveTargets(session, args, { selected, allowAll: true });
  if (flags.text("subresource") && targets.some(({ name }) => name === undefined))
    throw new CliError("subresource cannot be used when bulk resources are specified");
  return targets.map(({ resource, name }) => {
    if (name !== undefined && everywhere && resource.namespaced)
      throw new CliError("a resource cannot be retrieved by name across all namespaces");
    return {
      resource,
      namespace: resource.namespaced && !everywhere ? session.namespace : undefined,
      ...(name !== undefined && { name }),
    };
  });
}

/** Fetches with one representation; collects failures, since kubectl goes on. */
async function fetchAll(
  call: Call,
  fetches: Fetch[],
  headers: Record<string, string> | undefined,
  onBody: (fetch: Fetch, body: any) => void,
): Promise<Error[]> {
  const { session, flags } = call;
  const errors: Error[] = [];
  const extra: Record<string, string> = flags.text("sort-by") && headers ? { includeObject: "Object" } : {};
  const subresource = flags.text("subresource") || undefined;
  for (const fetch of fetches) {
    try {
      if (fetch.name === undefined) {
        onBody(
          fetch,
          await listObject(
            call,
            fetch.resource,
            fetch.namespace,
            flags.text("selector"),
            flags.text("field-selector"),
            headers,
            extra,
          ),
        );
      } else
        onBody(
          fetch,
          await session.client.get(
            resourcePath(fetch.resource, fetch.namespace, fetch.name, subresource),
            extra,
            headers,
          ),
        );
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof CliError)) throw error;
      if (!(flags.bool("ignore-not-found") && isNotFound(error))) errors.push(error);
    }
  }
  return errors;
}

interface Section {
  resource: Resource;
  columns: TableColumn[];
  rows: TableRow[];
}

async function printTables(call: Call, fetches: Fetch[]): Promise<number> {
  const { session, flags } = call;
  const sections: Section[] = [];
  const found = new Set<string>();
  const headers = flags.bool("server-print") ? { accept: TABLE_ACCEPT } : undefined;
  const errors = await fetchAll(call, fetches, headers, ({ resource }, body) => {
    found.add(`${resource.plural}.${resource.group}`);
    const table = isTable(body) ? body : plainTable(body, session.nowMs);
    const last = sections.at(-1);
    const rows = [...table.rows];
    if (last?.resource === resource) last.rows.push(...rows);
    else sections.push({ resource, columns: table.columnDefinitions ?? [], rows });
  });
  const sortBy = flags.text("sort-by");
  if (sortBy) for (const section of sections) section.rows = sortedOrNone(section.rows, sortBy);
  const withKind = flags.bool("show-kind") || found.size > 1;
  const texts = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ resource, columns, rows }) =>
      alignTable(
        tableLines({ kind: "Table", columnDefinitions: columns, rows }, tableOptions(call, resource, withKind)),
      ),
    );
  session.out(texts.join(flags.bool("no-headers") ? "" : "\n"));
  if (texts.length === 0 && errors.length === 0 && !flags.bool("ignore-not-found")) {
    const namespaced = !flags.bool("all-namespaces") && fetches.every(({ resource }) => resource.namespaced);
    session.err(namespaced ? `No resources found in ${session.namespace} namespace.\n` : "No resources found\n");
  }
  throwAggregate(errors);
  return 0;
}

/** A field that no object has leaves the table empty, without a word about it: so does the real one. */
function sortedOrNone(rows: TableRow[], sortBy: string): TableRow[] {
  try {
    return sortRows(rows, sortBy);
  } catch (error) {
    if (error instanceof CliError) return [];
    throw error;
  }
}

/** Where a server answers with the object itself: names and ages. */
function plainTable(body: any, nowMs: number): Table {
  const objects = Array.isArray(body?.items) ? body.items : [body];
  return {
    kind: "Table",
    columnDefinitions: [
      { name: "Name", type: "string" },
      { name: "Age", type: "string" },
    ],
    rows: objects.map((object: any) => ({
      cells: [object?.metadata?.name ?? "", age(object?.metadata?.creationTimestamp, nowMs)],
      object,
    })),
  };
}

async function printObjects(call: Call, fetches: Fetch[], printer: Printer, args: string[]): Promise<number> {
  const { session, flags } = call;
  let objects: { resource: Resource; object: any }[] = [];
  const errors = await fetchAll(call, fetches, undefined, ({ resource, name }, body) => {
    if (name === undefined)
      for (const item of body.items ?? []) objects.push({ resource, object: typed(resource, item) });
    else objects.push({ resource, object: body });
  });
  const sortBy = flags.text("sort-by");
  if (sortBy)
    objects = sortRows(
      objects.map((each) => ({ cells: [], object: each.object, each })),
      sortBy,
      "objects",
    ).map((row) => (row as unknown as { each: (typeof objects)[0] }).each);
  const single = fetches.length === 1 && fetches[0]!.name !== undefined;
  if (flags.bool("ignore-not-found") && single && objects.length === 0) return 0;
  if (!printer.takesList) for (const { object, resource } of objects) session.out(printer.print(object, resource));
  else if (single && objects.length === 1) session.out(printer.print(objects[0]!.object, objects[0]!.resource));
  else if (args.length > 0 || objects.length > 0) {
    if (errors.length > 0 && objects.length === 0) throwAggregate(errors);
    session.out(
      printer.print({
        apiVersion: "v1",
        items: objects.map(({ object }) => object),
        kind: "List",
        metadata: { resourceVersion: "" },
      }),
    );
  }
  throwAggregate(errors);
  return 0;
}

export const get: Command = {
  name: "get",
  use: "get [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]",
  short: "Display one or many resources",
  long: "Show a table of the most important facts of one or many resources.\n\nNames of resources are not case-sensitive and may be short: po, svc, deploy. With -o the whole objects are printed in another form.",
  examples: `# All pods of the namespace, one line each
kubectl get pods

# With addresses and nodes
kubectl get pods -o wide

# One deployment as JSON
kubectl get deployment web -o json

# The phase of one pod
kubectl get -o template pod/web --template={{.status.phase}}

# Images by custom columns
kubectl get pod web -o custom-columns=CONTAINER:.spec.containers[0].name,IMAGE:.spec.containers[0].image

# Several kinds together
kubectl get deploy,services`,
  flags: [
    allNamespaces,
    chunkSize,
    fieldSelector,
    ...FILE_FLAGS,
    bool("ignore-not-found"),
    list("label-columns", { short: "L" }),
    noHeaders,
    text("output", { short: "o" }),
    bool("output-watch-events"),
    text("raw"),
    selector,
    bool("server-print", { default: "true" }),
    bool("show-kind"),
    bool("show-labels"),
    text("sort-by"),
    text("subresource"),
    ...TEMPLATE_FLAGS,
    bool("watch", { short: "w" }),
    bool("watch-only"),
    // Of old notes: all pods are shown since 1.10; kept as a flag that does nothing.
    bool("show-all", { short: "a", hidden: true, default: "true" }),
  ],
  run,
};
