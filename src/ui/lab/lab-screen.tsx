"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { RouterOutputs } from "@/server/trpc/router";
import { RoundBanner } from "../classroom/rounds/round-banner";
import { usePlay } from "../data/play";
import { useMedia, useRemembered } from "../data/remembered";
import { useTRPC } from "../data/trpc";
import type { ChallengeView } from "../data/types";
import { EmptyState, Skeleton } from "../design/card";
import { Divider } from "../design/split";
import { BriefPanel } from "./brief-panel";
import { ClusterPanel } from "./cluster-panel";
import { ConnectionBanner, FrozenBanner } from "./connection-banner";
import { type Region, regions, regionToward, takesLetters } from "./focus";
import { KeysSheet } from "./keys-sheet";
import { useLab, useLabSession } from "./lab-context";
import { LabHeader } from "./lab-header";
import { knownKey } from "./lab-view";
import { ObjectDrawer } from "./object-drawer";
import { learningOrder, nextAfter } from "./outcome";
import { RegionBar } from "./region-bar";
import { SuccessPanel } from "./success-panel";
import { TimeBar } from "./time-bar";
import { type WorkHandle, WorkPanel } from "./work-panel";

type Lab = RouterOutputs["labs"]["get"];

/** Three regions side by side; on narrower windows two with a tab, then one at a time. */
export function LabScreen({ lab, challenge, sandbox }: { lab?: Lab; challenge?: ChallengeView; sandbox: boolean }) {
  const t = useTranslations("lab");
  const session = useLabSession();
  const wide = useMedia("(min-width: 1100px)", true);
  const medium = useMedia("(min-width: 720px)", true);
  const huge = useMedia("(min-width: 1600px)");
  const [chosenBrief, setBriefWidth] = useRemembered<number | null>("lab.brief-width", null);
  const [chosenCluster, setClusterWidth] = useRemembered<number | null>("lab.cluster-width", null);
  const briefWidth = chosenBrief ?? (huge ? 400 : 292);
  const clusterWidth = chosenCluster ?? (huge ? 740 : 418);
  const [region, setRegion] = useState<Region>("work");
  const [editorOpen, setEditorOpen] = useState(false);
  const [keys, setKeys] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const work = useRef<WorkHandle>(null);
  const brief = useRef<HTMLElement>(null);
  const cluster = useRef<HTMLElement>(null);

  // Where the cluster shares its place with the terminals: which of the two is seen.
  const [tab, setTab] = useState<Region>("work");

  const go = useCallback((next: Region) => {
    setRegion(next);
    if (next !== "brief") setTab(next);
    // A region that was hidden must be drawn before it can take the focus.
    requestAnimationFrame(() => {
      if (next === "work") work.current?.focus();
      else (next === "brief" ? brief : cluster).current?.focus();
    });
  }, []);
  const show = useCallback(
    (key: string) => {
      setChosen(knownKey(session.current().objects, key));
      if (wide) return;
      setRegion("cluster");
      setTab("cluster");
    },
    [wide, session],
  );
  usePageKeys({ region, go, session, onKeys: () => setKeys(true), onEditor: () => setEditorOpen((open) => !open) });

  // What vi or kubectl edit wants edited must be seen.
  const editing = useLab((view) => view.edits.length > 0);
  useEffect(() => {
    if (!editing) return;
    setRegion("work");
    setTab("work");
  }, [editing]);

  const visible = (one: Region) => wide || (medium ? one === "brief" || one === tab : one === region);

  return (
    <div className="flex h-dvh flex-col overflow-hidden" data-testid="lab">
      <LabHeader lab={lab} challenge={challenge} />
      <ConnectionBanner />
      <FrozenBanner />
      {session.readOnly || lab?.access === "watcher" ? null : <RoundBanner classId={lab?.classId} />}
      <div className="flex min-h-0 flex-1">
        <RegionBox
          label={t("brief")}
          boxRef={brief}
          hidden={!visible("brief")}
          onEnter={() => setRegion("brief")}
          width={medium ? briefWidth : undefined}
        >
          {challenge ? (
            <BriefFor challenge={challenge} lab={lab} onShowObject={show} />
          ) : sandbox ? (
            <EmptyState title={t("sandbox")}>{t("sandboxText")}</EmptyState>
          ) : (
            <BriefSkeleton />
          )}
        </RegionBox>
        {medium && visible("brief") ? (
          <Divider label={t("resizeBrief")} value={briefWidth} min={260} max={620} onChange={setBriefWidth} />
        ) : null}
        <RegionBox label={t("work")} hidden={!visible("work")} onEnter={() => setRegion("work")} grow>
          <WorkPanel ref={work} editorOpen={editorOpen} onEditor={setEditorOpen} />
        </RegionBox>
        {wide ? (
          <Divider
            label={t("resizeCluster")}
            value={clusterWidth}
            min={300}
            max={1100}
            direction={-1}
            onChange={setClusterWidth}
          />
        ) : null}
        <RegionBox
          label={t("cluster")}
          boxRef={cluster}
          hidden={!visible("cluster")}
          onEnter={() => setRegion("cluster")}
          width={wide ? clusterWidth : undefined}
          grow={!wide}
        >
          <ClusterPanel chosen={chosen} onChoose={show} />
        </RegionBox>
      </div>
      <TimeBar onKeys={() => setKeys(true)} />
      {wide ? null : (
        <RegionBar shown={medium ? ["work", "cluster"] : regions} region={medium ? tab : region} onRegion={go} />
      )}
      <ObjectDrawer chosen={chosen} onClose={() => setChosen(undefined)} />
      <KeysSheet open={keys} onOpenChange={setKeys} />
    </div>
  );
}

function RegionBox({
  label,
  boxRef,
  hidden,
  onEnter,
  width,
  grow,
  children,
}: {
  label: string;
  boxRef?: RefObject<HTMLElement | null>;
  hidden: boolean;
  onEnter: () => void;
  width?: number;
  grow?: boolean;
  children: React.ReactNode;
}) {
  return (
    <section
      ref={boxRef}
      aria-label={label}
      tabIndex={-1}
      onFocus={onEnter}
      className={clsx(
        "min-h-0 min-w-0 overflow-hidden focus-visible:outline-none",
        grow || width === undefined ? "flex-1" : "shrink-0",
        hidden && "hidden",
      )}
      style={width === undefined ? undefined : { width }}
    >
      {children}
    </section>
  );
}

function BriefFor({
  challenge,
  lab,
  onShowObject,
}: {
  challenge: ChallengeView;
  lab?: Lab;
  onShowObject: (key: string) => void;
}) {
  const trpc = useTRPC();
  const language = useLocale();
  const session = useLabSession();
  const solved = useLab((view) => view.solvedAtMs !== undefined);
  const points = useLab((view) => view.report?.points ?? 0);
  const hintsTaken = useLab((view) => view.hintsTaken);
  const hints = useQuery({
    ...trpc.challenges.hints.queryOptions({ labId: session.labId, language }),
    enabled: hintsTaken > 0 && !session.readOnly,
  });
  const catalogue = useQuery({
    ...trpc.challenges.list.queryOptions({ language, classId: lab?.classId }),
    enabled: solved,
  });
  // A class has an order of its own.
  const order = lab?.classId ? (catalogue.data ?? []) : learningOrder(catalogue.data ?? []);
  const next = nextAfter(order, challenge.id);
  const { play, busy } = usePlay();
  useNextKey(solved && next ? () => play(next.id, lab?.classId) : undefined);
  const takenMs = lab?.solvedAt ? lab.solvedAt.getTime() - lab.createdAt.getTime() : undefined;
  return (
    <BriefPanel
      challenge={challenge}
      knownHints={hints.data ?? []}
      onShowObject={onShowObject}
      success={
        solved ? (
          <SuccessPanel
            challenge={challenge}
            next={next}
            points={points}
            takenMs={takenMs}
            hintsTaken={hintsTaken}
            busy={busy}
            onNext={session.readOnly ? undefined : () => next && play(next.id, lab?.classId)}
          />
        ) : null
      }
    />
  );
}

/** One key to the next challenge. */
function useNextKey(action: (() => void) | undefined): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "G" && event.key !== "g") return;
      if (event.ctrlKey || event.altKey || event.metaKey || takesLetters(document.activeElement)) return;
      latest.current?.();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function usePageKeys({
  region,
  go,
  session,
  onKeys,
  onEditor,
}: {
  region: Region;
  go: (region: Region) => void;
  session: ReturnType<typeof useLabSession>;
  onKeys: () => void;
  onEditor: () => void;
}): void {
  const latest = useRef({ region, go, session, onKeys, onEditor });
  latest.current = { region, go, session, onKeys, onEditor };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { region, go, session, onKeys, onEditor } = latest.current;
      if (event.ctrlKey && event.shiftKey && event.key.startsWith("Arrow")) {
        event.preventDefault();
        go(regionToward(region, event.key));
        return;
      }
      if (event.ctrlKey || event.altKey || event.metaKey || takesLetters(document.activeElement)) return;
      const time = session.current().time;
      const actions: Record<string, () => void> = {
        "?": onKeys,
        "1": () => go("brief"),
        "2": () => go("work"),
        "3": () => go("cluster"),
      };
      if (!session.readOnly) {
        Object.assign(actions, {
          p: () => session.control(time?.speed === 0 ? "resume" : "pause"),
          "+": () => session.control("skip", 10_000),
          m: () => session.control("skip", 60_000),
          n: () => session.control("next-change"),
          u: () => session.undo(),
          c: () => void session.runChecks(),
          h: () => session.raiseHand(!session.current().handRaised),
          e: onEditor,
        });
      }
      const action = actions[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function BriefSkeleton() {
  return (
    <div className="flex h-full flex-col gap-3 bg-surface p-4">
      <Skeleton className="h-7 w-3/4" />
      <Skeleton className="h-4 w-1/2" />
      {[92, 85, 96, 70, 88].map((width) => (
        <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
