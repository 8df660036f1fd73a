"use client";

import { ExternalLink, X } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import type { Tile } from "@/server/realtime/protocol";
import { buttonClass, IconButton } from "../design/button";
import { Dots } from "../lab/checks-panel";
import { ClusterPanel } from "../lab/cluster-panel";
import { LabProvider, useLab } from "../lab/lab-context";
import { ObjectDrawer } from "../lab/object-drawer";
import { MessageButton } from "./room-actions";

const TerminalTabs = dynamic(() => import("../terminal/terminal-tabs").then((module) => module.TerminalTabs), {
  ssr: false,
  loading: () => <div className="size-full bg-terminal" />,
});

/** A learner's terminal and map as they move, without a hand in them. */
export function WatchLab({
  tile,
  classId,
  title,
  onClose,
}: {
  tile: Tile;
  classId: string;
  title?: string;
  onClose: () => void;
}) {
  const t = useTranslations("room");
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-fade bg-[rgb(4_14_22/0.6)]" />
        <Radix.Content
          aria-describedby={undefined}
          data-testid="watch-lab"
          className="fixed inset-2 z-30 flex animate-rise flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-high sm:inset-6"
        >
          <div className="flex h-12 shrink-0 items-center gap-3 border-line border-b px-4">
            <Radix.Title className="truncate font-semibold text-lg">{tile.nickname}</Radix.Title>
            <span className="truncate text-ink-3 text-sm max-sm:hidden">{title}</span>
            <Dots passed={tile.checks} />
            <span className="flex-1" />
            <MessageButton classId={classId} userId={tile.userId} label={t("message")} />
            <Link href={`/labs/${tile.labId}`} aria-label={t("openLab")} className={buttonClass("ghost", "sm")}>
              <ExternalLink className="size-4" aria-hidden />
              <span className="max-sm:hidden">{t("openLab")}</span>
            </Link>
            <Radix.Close asChild>
              <IconButton label={t("closeWatch")}>
                <X className="size-4" />
              </IconButton>
            </Radix.Close>
          </div>
          {tile.labId ? (
            <LabProvider labId={tile.labId} readOnly>
              <Watched />
            </LabProvider>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Watched() {
  const error = useLab((view) => view.error);
  const [chosen, setChosen] = useState<string>();
  if (error) return <p className="p-6 text-failing-text">{error.message}</p>;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-1 grid-rows-2 lg:grid-cols-[3fr_2fr] lg:grid-rows-1">
      <div className="relative min-h-0 overflow-hidden">
        <TerminalTabs />
      </div>
      <div className="min-h-0 overflow-hidden border-line max-lg:border-t lg:border-l">
        <ClusterPanel chosen={chosen} onChoose={setChosen} />
      </div>
      <ObjectDrawer chosen={chosen} onClose={() => setChosen(undefined)} />
    </div>
  );
}
