import { resourcePath } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { allNamespaces, chunkSize, noHeaders, PRINT_FLAGS } from "../flags/groups";
import { bool, list, text } from "../flags/spec";
import { eventAge } from "../printers/describe/events";
import { alignTabs, TABLE } from "../printers/tabwriter";
import { resolveTargets } from "../resource/arguments";
import { typed } from "../resource/info";
import { printerOf } from "../resource/submit";

const lastSeen = (event: any): string =>
  String(
    event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? "",
  );

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  const types = flags.list("types");
  for (const type of types)
    if (!/^(normal|warning)$/i.test(type)) throw new CliError("valid --types are Normal or Warning");
  const resource = await session.discovery.require("events");
  const everywhere = flags.bool("all-namespaces");
  const place = resourcePath(resource, everywhere ? undefined : session.namespace);
  const fields = await subjectFields(call);
  const query = { ...(fields && { fieldSelector: fields }) };
  const answer = await session.client.get(place, { ...query, limit: String(flags.int("chunk-size")) });
  const wanted = (event: any) =>
    types.length === 0 || types.some((type) => type.toLowerCase() === String(event.type).toLowerCase());
  const events = (answer.items ?? [])
    .filter(wanted)
    .sort((a: any, b: any) => (lastSeen(a) < lastSeen(b) ? -1 : lastSeen(a) > lastSeen(b) ? 1 : 0));
  const printer = printerOf(call);
  if (printer) {
    const items = events.map((event: any) => typed(resource, event));
    session.out(
      printer.takesList
        ? printer.print({ apiVersion: "v1", items, kind: "List", metadata: {} })
        : items.map((item: any) => printer.print(item, resource)).join(""),
    );
    return 0;
  }
  const widths: number[] = [];
  const row = (event: any) => {
    const { kind, name } = event.involvedObject;
    const cells = [
      eventAge(event, session.nowMs),
      event.type,
      event.reason,
      `${kind}/${name}`,
      String(event.message ?? "")
        .trim()
        .split("\n")[0],
    ];
    return (everywhere ? [event.metadata.namespace, ...cells] : cells).join("\t");
  };
  const lines = flags.bool("no-headers")
    ? []
    : [`${everywhere ? "NAMESPACE\t" : ""}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE`];
  lines.push(...events.map(row));
  if (events.length === 0 && !flags.bool("watch")) {
    session.err(everywhere ? "No events found.\n" : `No events found in ${session.namespace} namespace.\n`);
    return 0;
  }
  session.out(alignTabs(`${lines.join("\n")}\n`, { ...TABLE, remember: widths }));
  if (!flags.bool("watch")) return 0;
  return session.tool.wait(
    new Promise<number>((resolve) => {
      session.client.watch(
        place,
        { ...query, resourceVersion: answer.metadata?.resourceVersion ?? "0" },
        ({ type, object }) => {
          if (type !== "BOOKMARK" && type !== "ERROR" && type !== "DELETED" && wanted(object))
            session.out(alignTabs(`${row(object)}\n`, { ...TABLE, remember: widths }));
        },
        () => resolve(0),
      );
    }),
  );
}

async function subjectFields(call: Call): Promise<string> {
  const subject = call.flags.text("for");
  if (!subject) return "";
  const [target] = await resolveTargets(call.session, [subject]);
  if (!target?.name) throw new CliError("--for must be in resource/name form");
  return `involvedObject.kind=${target.resource.kind},involvedObject.name=${target.name}`;
}

export const events: Command = {
  name: "events",
  use: "events [(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]",
  short: "List events",
  long: "List events, the latest last.",
  examples: `# Of one pod
kubectl events --for pod/web-pod-13je7 --watch

# Warnings only
kubectl events --types=Warning`,
  flags: [
    allNamespaces,
    chunkSize,
    text("for"),
    noHeaders,
    ...PRINT_FLAGS,
    list("types"),
    bool("watch", { short: "w" }),
  ],
  run,
  complete: "none",
};
