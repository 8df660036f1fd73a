"use client";

import clsx from "clsx";
import { CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { IconButton } from "./button";

export interface Notice {
  kind: "info" | "success" | "warning";
  text: string;
  from?: string;
}

const SHOWN_MS = 6_000;
const MAX_NOTICES = 4;

let notices: (Notice & { id: number })[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const nothing: typeof notices = [];

function change(next: typeof notices): void {
  notices = next;
  for (const listener of listeners) listener();
}

/** Shows a notice for a few seconds; screen readers hear it politely. */
export function notify(notice: Notice): void {
  change([...notices, { ...notice, id: nextId++ }].slice(-MAX_NOTICES));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function Toaster() {
  const t = useTranslations("common");
  const shown = useSyncExternalStore(
    subscribe,
    () => notices,
    () => nothing,
  );
  return (
    <section
      aria-live="polite"
      aria-label={t("notices")}
      className="pointer-events-none fixed right-4 bottom-16 z-60 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2"
    >
      {shown.map((notice) => (
        <Toast key={notice.id} notice={notice} onDone={() => change(notices.filter(({ id }) => id !== notice.id))} />
      ))}
    </section>
  );
}

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert };

function Toast({ notice, onDone }: { notice: Notice; onDone: () => void }) {
  const t = useTranslations("common");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts once per notice.
  useEffect(() => {
    const timer = setTimeout(onDone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);
  const Icon = icons[notice.kind];
  return (
    <div
      data-testid="toast"
      className="pointer-events-auto flex animate-rise items-start gap-2.5 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3 shadow-high"
    >
      <Icon
        aria-hidden
        className={clsx(
          "mt-0.5 size-4 shrink-0",
          notice.kind === "info" && "text-pending-text",
          notice.kind === "success" && "text-running-text",
          notice.kind === "warning" && "text-accent-text",
        )}
      />
      <div className="min-w-0 flex-1 text-sm">
        {notice.from ? <p className="font-semibold">{notice.from}</p> : null}
        <p className="break-words">{notice.text}</p>
      </div>
      <IconButton label={t("close")} onClick={onDone} className="size-6!">
        <X className="size-3.5" />
      </IconButton>
    </div>
  );
}
