"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { Activity, Info, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef } from "react";
import type { ClusterEventView } from "@/server/realtime/protocol";
import { EmptyState } from "../design/card";
import { clock } from "../design/time";
import { useLab } from "./lab-context";

export function EventStream({ showSystem, onChoose }: { showSystem: boolean; onChoose: (key: string) => void }) {
  const t = useTranslations("events");
  const all = useLab((view) => view.events);
  const events = useMemo(
    () => all.filter((event) => showSystem || event.object.namespace !== "kube-system"),
    [all, showSystem],
  );
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    estimateSize: () => 56,
    overscan: 10,
    getItemKey: (index) => events[index]?.key ?? index,
  });
  if (events.length === 0) {
    return (
      <EmptyState icon={<Activity />} title={t("empty")}>
        {t("emptyText")}
      </EmptyState>
    );
  }
  return (
    <div ref={box} className="h-full overflow-y-auto" data-testid="events">
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <EventRow event={events[item.index]!} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function EventRow({ event, onChoose }: { event: ClusterEventView; onChoose?: (key: string) => void }) {
  const { object } = event;
  const warning = event.type === "Warning";
  const Icon = warning ? TriangleAlert : Info;
  return (
    <div className="flex gap-2.5 border-line border-b px-3 py-2 text-sm">
      <Icon aria-hidden className={clsx("mt-0.5 size-3.5 shrink-0", warning ? "text-failing-text" : "text-ink-3")} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className={clsx("font-semibold", warning && "text-failing-text")}>{event.reason}</span>
          {onChoose ? (
            <button
              type="button"
              className="truncate font-mono text-ink-2 text-xs hover:underline"
              onClick={() => onChoose([object.resource, object.namespace, object.name].filter(Boolean).join("/"))}
            >
              {object.name}
            </button>
          ) : null}
          {event.count > 1 ? <span className="text-ink-3 text-xs">×{event.count}</span> : null}
          <span className="ml-auto font-mono text-ink-3 text-xs">{clock(event.atMs)}</span>
        </p>
        <p className="break-words text-ink-2">{event.message}</p>
      </div>
    </div>
  );
}
