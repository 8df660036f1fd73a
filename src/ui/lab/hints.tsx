"use client";

import { Lightbulb } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../design/button";
import { Markdown } from "../design/markdown";
import { useLab, useLabSession } from "./lab-context";

/** Hints one after the other, each at its price. Those already taken are shown again. */
export function Hints({ costs, known }: { costs: number[]; known: readonly string[] }) {
  const t = useTranslations("hints");
  const session = useLabSession();
  const language = useLocale();
  const taken = useLab((view) => view.hintsTaken);
  const [read, setRead] = useState<ReadonlyMap<number, string>>(new Map());
  const [busy, setBusy] = useState(false);
  if (costs.length === 0) return null;
  const take = async () => {
    setBusy(true);
    const hint = await session.takeHint(language);
    setBusy(false);
    if (hint) setRead((before) => new Map(before).set(hint.index, hint.text));
  };
  const indices = [...Array(Math.max(taken, 0)).keys()];
  return (
    <section className="flex flex-col gap-2.5" data-testid="hints">
      <h2 className="font-semibold text-sm">{t("title")}</h2>
      {indices.map((index) => {
        const text = read.get(index) ?? known[index];
        return text ? (
          <div key={index} className="animate-rise rounded-lg border border-line bg-accent-soft p-3 text-sm">
            <p className="mb-1 font-semibold text-accent-text text-xs">{t("hint", { number: index + 1 })}</p>
            <Markdown text={text} />
          </div>
        ) : null;
      })}
      {taken < costs.length && !session.readOnly ? (
        <Button size="sm" className="self-start" busy={busy} onClick={() => void take()} data-testid="hint-take">
          <Lightbulb className="size-3.5" aria-hidden />
          {t("take", { number: taken + 1, total: costs.length })}
          <span className="text-ink-3">{costs[taken] ? t("cost", { points: costs[taken] }) : t("free")}</span>
        </Button>
      ) : null}
      {taken >= costs.length ? <p className="text-ink-3 text-sm">{t("all")}</p> : null}
    </section>
  );
}
