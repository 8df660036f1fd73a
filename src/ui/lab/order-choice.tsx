"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { QuestionView } from "../data/types";

/** Things to be put in order, one step up or down at a time: works alike with mouse, keyboard and finger. */
export function OrderChoice({
  question,
  value,
  onChange,
}: {
  question: QuestionView;
  value: string[];
  onChange: (value: string[]) => void;
}) {
  const t = useTranslations("questions");
  const textOf = (id: string) => question.options.find((option) => option.id === id)?.text ?? id;
  const swap = (index: number, other: number) => {
    const next = [...value];
    [next[index], next[other]] = [next[other]!, next[index]!];
    onChange(next);
  };
  return (
    <ol className="flex flex-col gap-1.5" aria-label={question.text}>
      {value.map((id, index) => (
        <li key={id} className="flex items-center gap-2 rounded-md border border-line bg-surface px-2.5 py-1.5 text-sm">
          <span className="w-5 shrink-0 text-ink-3 tabular-nums">{index + 1}</span>
          <span className="min-w-0 flex-1">{textOf(id)}</span>
          <button
            type="button"
            className="rounded p-1 text-ink-2 hover:bg-hover disabled:opacity-40"
            aria-label={t("up", { text: textOf(id) })}
            disabled={index === 0}
            onClick={() => swap(index, index - 1)}
          >
            <ArrowUp className="size-4" aria-hidden />
          </button>
          <button
            type="button"
            className="rounded p-1 text-ink-2 hover:bg-hover disabled:opacity-40"
            aria-label={t("down", { text: textOf(id) })}
            disabled={index === value.length - 1}
            onClick={() => swap(index, index + 1)}
          >
            <ArrowDown className="size-4" aria-hidden />
          </button>
        </li>
      ))}
    </ol>
  );
}
