"use client";

import clsx from "clsx";
import { Clock, FastForward, Hand, Keyboard, Pause, Play, RotateCcw, SkipForward, Terminal, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Button, buttonClass } from "../design/button";
import { Dialog } from "../design/dialog";
import { age, clock } from "../design/time";
import { Tooltip } from "../design/tooltip";
import { useLab, useLabSession } from "./lab-context";
import { labNowMs } from "./lab-view";
import { OutsideDialog } from "./outside-dialog";

const TICK_MS = 250;

/** The lab's clock: a component of its own, because it alone renders every tick. */
function useLabNow(): number {
  const session = useLabSession();
  const [now, setNow] = useState(0);
  useEffect(() => {
    const tick = () => setNow(labNowMs(session.current(), performance.now()));
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [session]);
  return now;
}

function LabClock() {
  const t = useTranslations("time");
  const now = useLabNow();
  const paused = useLab((view) => view.time?.speed === 0);
  return (
    <Tooltip label={t("labTimeExplained")}>
      <span
        data-testid="lab-clock"
        className={clsx(
          "inline-flex items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 font-mono text-sm",
          paused ? "text-pending-text" : "text-ink",
        )}
      >
        <Clock className="size-3.5 text-ink-3" aria-hidden />
        <span className="sr-only">{t("labTime")}</span>
        {now ? clock(now) : "--:--:--"}
        <span className="font-sans text-ink-3 text-xs max-lg:hidden">{paused ? t("paused") : t("labTime")}</span>
      </span>
    </Tooltip>
  );
}

function NextChange({ onClick }: { onClick: () => void }) {
  const t = useTranslations("time");
  const now = useLabNow();
  const next = useLab((view) => view.time?.nextChangeMs);
  const wait = next === undefined ? undefined : Math.max(0, next - now);
  return (
    <BarButton label={t("nextChange")} keys="N" onClick={onClick} testId="time-next">
      <SkipForward className="size-3.5" aria-hidden />
      <span className="max-md:hidden">{t("next")}</span>
      {wait === undefined ? null : (
        <span className="min-w-9 text-left text-ink-3 max-sm:hidden">{t("in", { time: age(wait) })}</span>
      )}
    </BarButton>
  );
}

function BarButton({
  label,
  keys,
  testId,
  pressed,
  disabled,
  onClick,
  children,
}: {
  label: string;
  keys?: string;
  testId: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        data-testid={testId}
        onClick={onClick}
        className={buttonClass(
          "ghost",
          "sm",
          clsx("px-2! max-sm:px-1.5!", pressed && "bg-accent-soft! text-accent-text!"),
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}

export function TimeBar({ onKeys }: { onKeys: () => void }) {
  const t = useTranslations("time");
  const session = useLabSession();
  const paused = useLab((view) => view.time?.speed === 0);
  const canUndo = useLab((view) => view.canUndo);
  const hand = useLab((view) => view.handRaised);
  const [resetting, setResetting] = useState(false);
  const outside = useTranslations("outside");
  const [fromOutside, setFromOutside] = useState(false);
  if (session.readOnly) {
    return (
      <div className="flex h-11 shrink-0 items-center border-line border-t bg-surface px-3">
        <LabClock />
      </div>
    );
  }
  return (
    <div
      role="toolbar"
      aria-label={t("toolbar")}
      className="flex h-11 shrink-0 items-center gap-0.5 border-line border-t bg-surface px-2 sm:px-3"
    >
      <LabClock />
      <BarButton
        label={paused ? t("resume") : t("pause")}
        keys="P"
        testId="time-pause"
        pressed={paused}
        onClick={() => session.control(paused ? "resume" : "pause")}
      >
        {paused ? <Play className="size-3.5" aria-hidden /> : <Pause className="size-3.5" aria-hidden />}
      </BarButton>
      <span className="mx-1 h-5 w-px bg-line max-sm:hidden" />
      <BarButton label={t("skip10")} keys="+" testId="time-skip-10" onClick={() => session.control("skip", 10_000)}>
        <FastForward className="size-3.5 max-sm:hidden" aria-hidden />
        +10 s
      </BarButton>
      <BarButton label={t("skip60")} keys="M" testId="time-skip-60" onClick={() => session.control("skip", 60_000)}>
        <FastForward className="size-3.5 max-sm:hidden" aria-hidden />
        +1 min
      </BarButton>
      <NextChange onClick={() => session.control("next-change")} />
      <span className="flex-1" />
      <BarButton label={t("undo")} keys="U" testId="lab-undo" disabled={!canUndo} onClick={() => session.undo()}>
        <Undo2 className="size-3.5" aria-hidden />
        <span className="max-lg:hidden">{t("undoShort")}</span>
      </BarButton>
      <BarButton label={t("reset")} testId="lab-reset" onClick={() => setResetting(true)}>
        <RotateCcw className="size-3.5" aria-hidden />
        <span className="max-lg:hidden">{t("resetShort")}</span>
      </BarButton>
      <BarButton
        label={hand ? t("lowerHand") : t("raiseHand")}
        keys="H"
        testId="raise-hand"
        pressed={hand}
        onClick={() => session.raiseHand(!hand)}
      >
        <Hand className="size-3.5" aria-hidden />
        <span className="max-lg:hidden">{hand ? t("handRaised") : t("raiseHand")}</span>
      </BarButton>
      <span className="max-sm:hidden">
        <BarButton label={outside("open")} testId="outside-open" onClick={() => setFromOutside(true)}>
          <Terminal className="size-3.5" aria-hidden />
          <span className="max-lg:hidden">{outside("openShort")}</span>
        </BarButton>
      </span>
      <span className="max-sm:hidden">
        <BarButton label={t("keys")} keys="?" testId="keys-open" onClick={onKeys}>
          <Keyboard className="size-3.5" aria-hidden />
        </BarButton>
      </span>
      <OutsideDialog open={fromOutside} onOpenChange={setFromOutside} />
      <Dialog open={resetting} onOpenChange={setResetting} title={t("resetTitle")} description={t("resetText")}>
        <div className="flex justify-end gap-2">
          <Button onClick={() => setResetting(false)}>{t("keep")}</Button>
          <Button
            variant="danger"
            data-testid="lab-reset-confirm"
            onClick={() => {
              setResetting(false);
              void session.reset();
            }}
          >
            {t("resetShort")}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
