"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { MapObject } from "@/server/realtime/protocol";
import { ask } from "../data/socket";
import { IconButton } from "../design/button";
import { Skeleton } from "../design/card";
import { CommandLine, CopyButton } from "../design/copy";
import { Drawer } from "../design/dialog";
import { StateMark, stateText } from "../design/state-mark";
import { Tab, TabList, TabPanel, Tabs } from "../design/tabs";
import { EventRow } from "./event-stream";
import { useLab, useLabSession } from "./lab-context";

interface Detail {
  yaml: string;
  describe: string;
  logs?: string;
  commands: string[];
}

/** One object of the cluster, and the kubectl commands that would have shown the same. */
export function ObjectDrawer({ chosen, onClose }: { chosen?: string; onClose: () => void }) {
  const live = useLab((view) => (chosen ? view.objects.get(chosen) : undefined));
  const [resource = "", ...rest] = chosen?.split("/") ?? [];
  const name = rest.at(-1) ?? "";
  const namespace = rest.length > 1 ? rest[0] : undefined;
  return (
    <Drawer
      open={chosen !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={
        <span className="flex items-center gap-2.5">
          {live ? <StateMark state={live.state} /> : null}
          <span className="truncate">{name}</span>
        </span>
      }
      description={[live?.kind ?? resource, namespace].filter(Boolean).join(" · ")}
    >
      {chosen ? <Body key={chosen} resource={resource} namespace={namespace} name={name} object={live} /> : null}
    </Drawer>
  );
}

function Body({
  resource,
  namespace,
  name,
  object,
}: {
  resource: string;
  namespace?: string;
  name: string;
  object?: MapObject;
}) {
  const t = useTranslations("drawer");
  const session = useLabSession();
  const [detail, setDetail] = useState<Detail>();
  const [error, setError] = useState<string>();
  const [container, setContainer] = useState<string>();
  const containers = object?.containers ?? [];

  const load = useCallback(async () => {
    try {
      setDetail(await ask("object:read", { labId: session.labId, resource, namespace, name, container }));
      setError(undefined);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
  }, [session, resource, namespace, name, container]);
  // What is shown follows the object.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new object is a reason to read again.
  useEffect(() => void load(), [load, object]);

  return (
    <Tabs defaultValue="status" className="flex min-h-0 flex-1 flex-col" data-testid="object-drawer">
      <div className="flex items-center border-line border-b px-3">
        <TabList aria-label={name}>
          <Tab value="status">{t("status")}</Tab>
          <Tab value="yaml">YAML</Tab>
          <Tab value="describe">{t("describe")}</Tab>
          {resource === "pods" ? <Tab value="logs">{t("logs")}</Tab> : null}
        </TabList>
        <IconButton label={t("refresh")} className="ml-auto" onClick={() => void load()}>
          <RefreshCw className="size-3.5" />
        </IconButton>
      </div>
      {error ? <p className="px-5 pt-3 text-failing-text text-sm">{error}</p> : null}
      <TabPanel value="status" className="flex-1 overflow-y-auto px-5 py-4">
        <StatusTab object={object} resource={resource} namespace={namespace} name={name} />
      </TabPanel>
      <TabPanel value="yaml" className="flex-1 overflow-auto">
        <Listing text={detail?.yaml} />
      </TabPanel>
      <TabPanel value="describe" className="flex-1 overflow-auto">
        <Listing text={detail?.describe} />
      </TabPanel>
      <TabPanel value="logs" className="flex flex-1 flex-col overflow-hidden">
        {containers.length > 1 ? (
          <div className="flex gap-1 border-line border-b px-4 py-1.5">
            {containers.map(({ name: one }) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === (container ?? containers[0]?.name)}
                onClick={() => setContainer(one)}
                className="rounded-md px-2 py-0.5 text-ink-2 text-sm hover:bg-hover aria-pressed:bg-sunken aria-pressed:text-ink"
              >
                {one}
              </button>
            ))}
          </div>
        ) : null}
        <div className="min-h-0 flex-1 overflow-auto">
          <Listing text={detail ? (detail.logs ?? "") : undefined} empty={t("noLogs")} />
        </div>
      </TabPanel>
      <div className="flex flex-col gap-1.5 border-line border-t px-5 py-3">
        <p className="text-ink-3 text-xs">{t("commands")}</p>
        {detail ? (
          detail.commands.slice(0, 4).map((command) => <CommandLine key={command} command={command} />)
        ) : (
          <Skeleton className="h-9" />
        )}
      </div>
    </Tabs>
  );
}

function Listing({ text, empty }: { text?: string; empty?: string }) {
  if (text === undefined) {
    return (
      <div className="flex flex-col gap-2 p-5">
        {[70, 45, 60, 50, 65].map((width) => (
          <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  if (text === "" && empty) return <p className="p-5 text-ink-3 text-sm">{empty}</p>;
  return (
    <div className="relative">
      <CopyButton text={text} className="sticky! top-2 right-2 float-right m-2" />
      <pre className="px-5 py-4 font-mono text-xs leading-relaxed">{text}</pre>
    </div>
  );
}

function StatusTab({
  object,
  resource,
  namespace,
  name,
}: {
  object?: MapObject;
  resource: string;
  namespace?: string;
  name: string;
}) {
  const t = useTranslations("drawer");
  const events = useLab((view) => view.events);
  const about = events
    .filter(({ object: one }) => one.resource === resource && one.name === name && one.namespace === namespace)
    .slice(0, 8);
  if (!object) return <p className="text-ink-3 text-sm">{t("gone")}</p>;
  const service = object.service;
  const facts: [string, ReactNode][] = [
    [
      t("status"),
      <span key="s" className={`font-semibold ${stateText[object.state]}`}>
        {object.status}
      </span>,
    ],
    [t("ready"), object.ready],
    [t("restarts"), object.restarts],
    [t("node"), object.node],
    ["IP", object.ip],
    [t("replicas"), object.replicas && `${object.replicas.ready}/${object.replicas.desired}`],
    [t("updated"), object.replicas?.updated],
    [t("type"), service?.type],
    ["ClusterIP", service?.clusterIp],
    [t("externalIp"), service?.externalIp],
    [t("ports"), service?.ports.join(", ")],
    [
      t("endpoints"),
      service &&
        (service.endpoints.length === 0 ? t("none") : service.endpoints.map((one) => one.split("/").at(-1)).join(", ")),
    ],
    [t("role"), object.role],
    ["CPU", object.capacity && `${object.capacity.requestedCpuMillicores}m / ${object.capacity.cpuMillicores}m`],
    [
      t("memory"),
      object.capacity &&
        `${mebibytes(object.capacity.requestedMemoryBytes)} / ${mebibytes(object.capacity.memoryBytes)}`,
    ],
  ];
  const labels = Object.entries(object.labels);
  return (
    <div className="flex flex-col gap-5">
      <dl className="grid grid-cols-[7.5rem_1fr] gap-x-4 gap-y-1.5 text-sm">
        {facts.map(([term, value]) =>
          value === undefined || value === "" ? null : (
            <div key={term} className="contents">
              <dt className="text-ink-3">{term}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ),
        )}
        {labels.length > 0 ? (
          <>
            <dt className="text-ink-3">{t("labels")}</dt>
            <dd className="flex flex-wrap gap-1">
              {labels.map(([key, value]) => (
                <code key={key} className="rounded-sm bg-sunken px-1.5 font-mono text-xs leading-5">
                  {key}={value}
                </code>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      {object.containers && object.containers.length > 0 ? (
        <section>
          <h3 className="mb-1.5 font-semibold text-sm">{t("containers")}</h3>
          <ul className="flex flex-col gap-1.5">
            {object.containers.map((container) => (
              <li
                key={container.name}
                className="flex items-center gap-2.5 rounded-md border border-line bg-page px-3 py-2 text-sm"
              >
                <StateMark state={container.state} />
                <span className="font-semibold">{container.name}</span>
                <span className="min-w-0 truncate font-mono text-ink-3 text-xs">{container.image}</span>
                <span className={`ml-auto whitespace-nowrap text-xs ${stateText[container.state]}`}>
                  {container.reason ?? (container.ready ? t("isReady") : t("notReady"))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {about.length > 0 ? (
        <section>
          <h3 className="mb-1.5 font-semibold text-sm">{t("events")}</h3>
          <div className="overflow-hidden rounded-md border border-line [&>:last-child]:border-b-0">
            {about.map((event) => (
              <EventRow key={event.key} event={event} />
            ))}
          </div>
        </section>
      ) : null}
    </div>
  );
}

const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} Mi`;
