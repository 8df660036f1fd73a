"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useTRPC } from "../data/trpc";
import { Card } from "../design/card";

/** A learner's own grades, with what an instructor said of them. */
export function MyGrades({ classId }: { classId: string }) {
  const t = useTranslations("grades");
  const trpc = useTRPC();
  const language = useLocale();
  const book = useQuery(trpc.gradebook.mine.queryOptions({ classId, language })).data;
  const row = book?.rows[0];
  if (!book || !row || row.maxPoints === 0) return null;
  return (
    <section>
      <h2 className="mb-2 font-semibold text-lg">{t("mine")}</h2>
      <Card className="divide-y divide-line">
        {book.assignments.map((assignment, index) => {
          const cell = row.cells[index]!;
          return (
            <div key={assignment.challengeId} className="flex items-baseline gap-3 px-4 py-2 text-sm">
              <span className="min-w-0 flex-1">
                <span className="block truncate">{assignment.title}</span>
                {cell.override ? <span className="block text-ink-3 text-xs">{cell.override.reason}</span> : null}
              </span>
              {cell.late ? <span className="text-pending-text text-xs">{t("late")}</span> : null}
              <span className="tabular-nums">
                {cell.points} / {cell.maxPoints}
              </span>
            </div>
          );
        })}
        <div className="flex items-baseline gap-3 px-4 py-2 font-semibold text-sm">
          <span className="flex-1">{t("total")}</span>
          <span className="tabular-nums">
            {row.points} / {row.maxPoints}
          </span>
        </div>
      </Card>
    </section>
  );
}
