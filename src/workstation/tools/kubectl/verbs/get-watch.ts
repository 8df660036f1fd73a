import { resourcePath } from "../api/discovery";
import type { Call } from "../command";
import { ApiError, CliError } from "../errors";
import type { Printer } from "../printers/output";
import { alignTable, isTable, type Table, type TableColumn, tableLines } from "../printers/table";
import { listObject } from "../resource/builder";
import { typed } from "../resource/info";
import { type Fetch, TABLE_ACCEPT, tableOptions } from "./get-table";

/** `get -w`: the list first, then a line per change until the process is stopped. */
export async function watchResources(call: Call, fetches: Fetch[], printer: Printer | undefined): Promise<number> {
  const { session, flags } = call;
  if (fetches.length !== 1) throw new CliError("you may only specify a single resource type");
  const [fetch] = fetches as [Fetch];
  const { resource, namespace, name } = fetch;
  const accept = printer ? "application/json" : TABLE_ACCEPT;
  const fields = name === undefined ? flags.text("field-selector") : `metadata.name=${name}`;
  if (name !== undefined) await session.client.get(resourcePath(resource, namespace, name));
  const withEvents = flags.bool("output-watch-events");
  const options = tableOptions(call, resource, flags.bool("show-kind"));
  const widths: number[] = [];
  let columns: TableColumn[] = [];
  let headersDue = !options.noHeaders;
  const print = (body: any, event: string) => {
    if (!printer) {
      const table = body as Table;
      if (table.columnDefinitions?.length) columns = table.columnDefinitions;
      if (table.rows.length === 0) return;
      const lines = tableLines(
        { ...table, columnDefinitions: columns },
        { ...options, noHeaders: !headersDue, ...(withEvents && { events: table.rows.map(() => event) }) },
      );
      headersDue = false;
      session.out(alignTable(lines, widths));
    } else if (withEvents) session.out(printer.print({ type: event, object: body }, resource));
    else session.out(printer.print(body, resource));
  };

  const list = await listObject(call, resource, namespace, flags.text("selector"), fields, { accept });
  if (!flags.bool("watch-only")) {
    if (isTable(list)) print(list, "ADDED");
    else for (const item of list.items ?? []) print(typed(resource, item), "ADDED");
  }
  return follow(call, fetch, fields, list.metadata?.resourceVersion ?? "0", accept, (object, event) =>
    print(isTable(object) || !printer ? object : typed(resource, object), event),
  );
}

function follow(
  call: Call,
  { resource, namespace }: Fetch,
  fields: string,
  resourceVersion: string,
  accept: string,
  onChange: (object: any, event: string) => void,
): Promise<number> {
  const { session, flags } = call;
  const selector = flags.text("selector");
  const query = {
    resourceVersion,
    ...(selector && { labelSelector: selector }),
    ...(fields && { fieldSelector: fields }),
  };
  return session.tool.wait(
    new Promise<number>((resolve, reject) => {
      session.client.watch(
        resourcePath(resource, namespace),
        query,
        ({ type, object }) => {
          if (type === "BOOKMARK") return;
          if (type === "ERROR") reject(new ApiError(object as any));
          else onChange(object, type);
        },
        () => resolve(0),
        { accept },
      );
    }),
  );
}
