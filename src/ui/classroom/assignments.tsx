"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, ClipboardList, Play } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { usePlay } from "../data/play";
import { useTRPC } from "../data/trpc";
import type { AssignmentView } from "../data/types";
import { Button } from "../design/button";
import { Card, EmptyState, Skeleton } from "../design/card";
import { FormError } from "../design/field";
import { usePrefetchLab } from "../lab/prefetch-lab";

export function Assignments({ classId, staff, members }: { classId: string; staff: boolean; members: number }) {
  const t = useTranslations("assignments");
  const trpc = useTRPC();
  const language = useLocale();
  usePrefetchLab();
  const list = useQuery(trpc.assignments.list.queryOptions({ classId, language }));
  const { play, busy, error } = usePlay();
  const done = list.data?.filter(({ solvedByMe }) => solvedByMe).length ?? 0;
  return (
    <section>
      <div className="mb-2 flex items-baseline gap-3">
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        {!staff && list.data && list.data.length > 0 ? (
          <span className="text-ink-3 text-sm">{t("done", { done, total: list.data.length })}</span>
        ) : null}
      </div>
      <FormError>{error}</FormError>
      {list.isPending ? (
        <Skeleton className="h-40" />
      ) : !list.data || list.data.length === 0 ? (
        <Card>
          <EmptyState icon={<ClipboardList />} title={t("empty")}>
            {staff ? t("emptyStaff") : t("emptyLearner")}
          </EmptyState>
        </Card>
      ) : (
        <ol className="flex flex-col gap-2">
          {list.data.map((one) => (
            <li key={one.challengeId}>
              <AssignmentRow
                assignment={one}
                staff={staff}
                members={members}
                busy={busy}
                onPlay={() => play(one.challengeId, classId)}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function AssignmentRow({
  assignment,
  staff,
  members,
  busy,
  onPlay,
}: {
  assignment: AssignmentView;
  staff: boolean;
  members: number;
  busy: boolean;
  onPlay: () => void;
}) {
  const t = useTranslations("assignments");
  const format = useFormatter();
  const learners = Math.max(1, members - 1);
  const Icon = assignment.solvedByMe ? CircleCheck : CircleDashed;
  const closed = assignment.opensAt !== undefined && assignment.opensAt > new Date();
  return (
    <Card
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3"
      data-testid={`assignment-${assignment.challengeId}`}
    >
      <Icon
        aria-label={assignment.solvedByMe ? t("solved") : t("open")}
        className={assignment.solvedByMe ? "size-5 shrink-0 fill-running text-surface" : "size-5 shrink-0 text-ink-3"}
      />
      <div className="min-w-40 flex-1">
        <h3 className="font-semibold">{assignment.title}</h3>
        <p className="flex flex-wrap items-center gap-x-2 text-ink-3 text-sm">
          <span aria-hidden className="h-1.5 w-20 overflow-hidden rounded-full bg-sunken">
            <span
              className="block h-full rounded-full bg-running"
              style={{ width: `${Math.min(100, (assignment.solvedBy / learners) * 100)}%` }}
            />
          </span>
          <span className="whitespace-nowrap">{t("solvedBy", { count: assignment.solvedBy })}</span>
          {assignment.dueAt ? (
            <span>
              {t("due", { when: format.dateTime(assignment.dueAt, { dateStyle: "medium", timeStyle: "short" }) })}
            </span>
          ) : null}
        </p>
      </div>
      {closed && assignment.opensAt ? (
        <span className="text-ink-3 text-sm">
          {t("opens", { when: format.dateTime(assignment.opensAt, { dateStyle: "medium", timeStyle: "short" }) })}
        </span>
      ) : (
        <Button
          size="sm"
          variant={assignment.solvedByMe || staff ? "secondary" : "primary"}
          busy={busy}
          onClick={onPlay}
          data-testid={`play-${assignment.challengeId}`}
        >
          <Play className="size-3.5" aria-hidden />
          {assignment.solvedByMe ? t("again") : t("play")}
        </Button>
      )}
    </Card>
  );
}
