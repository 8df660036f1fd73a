"use client";

import clsx from "clsx";
import { ChevronRight, CircleCheck, CircleDashed, CircleX, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CheckResult } from "@/grading/report";
import type { ChallengeView } from "../data/types";
import { Button } from "../design/button";
import { useLab, useLabSession } from "./lab-context";

/** Checks light up by themselves; what still fails explains itself when asked. */
export function ChecksPanel({
  challenge,
  onShowObject,
}: {
  challenge: ChallengeView;
  onShowObject: (key: string) => void;
}) {
  const t = useTranslations("checks");
  const session = useLabSession();
  const report = useLab((view) => view.report);
  const fresh = useLab((view) => view.fresh);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const results = new Map(report?.checks.map((check) => [check.id, check]));
  const passed = challenge.checks.filter(({ id }) => results.get(id)?.passed).length;

  const explain = async (id?: string) => {
    setBusy(true);
    await session.runChecks();
    setBusy(false);
    if (id) setAsked((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
    else setAsked(new Set(challenge.checks.map((check) => check.id)));
  };

  return (
    <section aria-labelledby="checks-heading" className="flex min-h-0 flex-1 flex-col" data-testid="checks">
      <div className="flex items-center gap-3 px-4 pt-3 pb-2">
        <h2 id="checks-heading" className="font-semibold text-sm">
          {t("title")}
        </h2>
        {/* Wider windows have them in the header. */}
        <Dots passed={challenge.checks.map(({ id }) => results.get(id)?.passed ?? false)} className="sm:hidden" />
        <span className="whitespace-nowrap text-ink-3 text-sm">
          {t("count", { passed, total: challenge.checks.length })}
        </span>
        {session.readOnly ? null : (
          <Button
            size="sm"
            variant="ghost"
            className="ml-auto h-7! px-2!"
            busy={busy}
            onClick={() => void explain()}
            data-testid="checks-run"
          >
            <RefreshCw className="size-3.5" aria-hidden />
            {t("run")}
          </Button>
        )}
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {challenge.checks.map((check) => (
          <CheckRow
            key={check.id}
            id={check.id}
            text={check.text}
            points={check.points}
            result={results.get(check.id)}
            fresh={fresh.includes(check.id)}
            explained={asked.has(check.id)}
            onExplain={session.readOnly ? undefined : () => void explain(check.id)}
            onShowObject={onShowObject}
          />
        ))}
      </ul>
      <p aria-live="polite" className="sr-only">
        {fresh.length > 0
          ? t("announce", { text: challenge.checks.find(({ id }) => id === fresh.at(-1))?.text ?? "" })
          : ""}
      </p>
    </section>
  );
}

export function Dots({ passed, className }: { passed: boolean[]; className?: string }) {
  return (
    <span className={clsx("inline-flex gap-1", className)} aria-hidden>
      {passed.map((done, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a check is its place in the row.
          key={index}
          className={clsx("size-2.5 rounded-full", done ? "bg-running" : "border-[1.5px] border-line-strong!")}
        />
      ))}
    </span>
  );
}

function CheckRow({
  id,
  text,
  points,
  result,
  fresh,
  explained,
  onExplain,
  onShowObject,
}: {
  id: string;
  text: string;
  points: number;
  result?: CheckResult;
  fresh: boolean;
  explained: boolean;
  onExplain?: () => void;
  onShowObject: (key: string) => void;
}) {
  const t = useTranslations("checks");
  const passed = result?.passed ?? false;
  const failed = explained && !passed;
  const Icon = passed ? CircleCheck : failed ? CircleX : CircleDashed;
  return (
    <li
      data-testid={`check-${id}`}
      data-passed={passed}
      className={clsx("rounded-md px-2 py-1.5", fresh && passed && "animate-glow")}
    >
      <div className="flex items-start gap-2.5">
        <Icon
          aria-hidden
          className={clsx(
            "mt-0.5 size-4.5 shrink-0",
            passed ? "fill-running text-surface" : failed ? "text-failing-text" : "text-ink-3",
          )}
        />
        <span className={clsx("min-w-0 flex-1 text-sm", passed ? "text-ink-2" : "text-ink")}>
          {text}
          <span className="sr-only">{passed ? ` (${t("passed")})` : ` (${t("open")})`}</span>
        </span>
        {!passed && onExplain ? (
          <button
            type="button"
            aria-expanded={explained}
            onClick={onExplain}
            data-testid={`check-why-${id}`}
            className="shrink-0 rounded-sm px-1 text-accent-text text-xs hover:underline"
          >
            {explained ? t("hide") : t("why")}
          </button>
        ) : null}
        <span className={clsx("shrink-0 text-xs leading-5", passed ? "font-semibold text-running-text" : "text-ink-3")}>
          {passed ? `+${result?.points ?? points}` : points}
        </span>
      </div>
      {failed && result ? <CauseChain result={result} onShowObject={onShowObject} /> : null}
    </li>
  );
}

/** From what is seen down to why. Each link leads to its object. */
function CauseChain({ result, onShowObject }: { result: CheckResult; onShowObject: (key: string) => void }) {
  const t = useTranslations("checks");
  if (result.causes.length === 0) {
    return <p className="mt-1 ml-7 text-ink-3 text-sm">{t("noCause")}</p>;
  }
  return (
    <ol className="mt-1.5 ml-2 flex flex-col" data-testid={`causes-${result.id}`}>
      {result.causes.map((cause, index) => {
        const object = cause.object;
        const key = object && [object.resource, object.namespace, object.name].filter(Boolean).join("/");
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a chain's links have no other identity.
            key={index}
            className="relative flex gap-2.5 pb-2 pl-[1.6rem] text-sm last:pb-0"
          >
            <span aria-hidden className="absolute top-2 left-[0.2rem] size-1.5 rounded-full bg-failing" />
            {index < result.causes.length - 1 ? (
              <span
                aria-hidden
                className="absolute top-3.5 bottom-[-0.4rem] left-[0.36rem] w-px bg-failing opacity-50"
              />
            ) : null}
            <span className="min-w-0 text-ink-2">
              {index > 0 ? <span className="text-ink-3">{t("because")} </span> : null}
              {cause.text}
              {key ? (
                <button
                  type="button"
                  onClick={() => onShowObject(key)}
                  className="ml-1 inline-flex items-center whitespace-nowrap text-accent-text hover:underline"
                >
                  {t("show")}
                  <ChevronRight className="size-3" aria-hidden />
                </button>
              ) : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
