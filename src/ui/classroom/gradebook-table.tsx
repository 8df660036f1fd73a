"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { Download, NotebookPen } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterInputs, RouterOutputs } from "@/server/trpc/router";
import { useTRPC } from "../data/trpc";
import { Button } from "../design/button";
import { Card, EmptyState, Skeleton } from "../design/card";
import { Dialog } from "../design/dialog";
import { Field, FormError, SelectField } from "../design/field";
import { GradeTokens } from "./grade-tokens";

type Book = RouterOutputs["gradebook"]["get"];
type Row = Book["rows"][number];
type Cell = Row["cells"][number];
type Format = RouterInputs["gradebook"]["export"]["format"];

const FORMATS: Format[] = ["plain", "moodle", "canvas", "google-classroom"];

/** Everybody's points for everything, what they are made of, and the ways out: CSV and tokens. */
export function GradebookTable({ classId, instructor }: { classId: string; instructor: boolean }) {
  const t = useTranslations("grades");
  const trpc = useTRPC();
  const language = useLocale();
  const book = useQuery(trpc.gradebook.get.queryOptions({ classId, language }));
  const [chosen, setChosen] = useState<{ row: Row; index: number }>();
  if (book.error) return <FormError>{book.error.message}</FormError>;
  if (!book.data) return <Skeleton className="h-64" />;
  const { assignments, rows } = book.data;
  if (assignments.length === 0 || rows.length === 0)
    return (
      <Card>
        <EmptyState icon={<NotebookPen />} title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      </Card>
    );
  return (
    <div className="flex flex-col gap-6">
      <Exports classId={classId} />
      <section aria-label={t("title")} className="overflow-x-auto rounded-lg border border-line bg-surface">
        <table className="w-full min-w-max text-sm">
          <thead className="text-left text-ink-3">
            <tr>
              <th scope="col" className="sticky left-0 bg-surface px-4 py-2 font-medium">
                {t("learner")}
              </th>
              {assignments.map((assignment) => (
                <th key={assignment.challengeId} scope="col" className="max-w-40 px-3 py-2 text-right font-medium">
                  <span className="block truncate" title={assignment.title}>
                    {assignment.title}
                  </span>
                  <span className="text-xs">
                    {assignment.graded ? t("of", { points: assignment.maxPoints }) : t("ungraded")}
                  </span>
                </th>
              ))}
              <th scope="col" className="px-4 py-2 text-right font-medium">
                {t("total")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.learner.userId}
                className="border-line border-t"
                data-testid={`grades-${row.learner.nickname}`}
              >
                <th scope="row" className="sticky left-0 bg-surface px-4 py-1.5 text-left font-semibold">
                  {row.learner.nickname}
                  {row.learner.section ? (
                    <span className="ml-2 font-normal text-ink-3">{row.learner.section}</span>
                  ) : null}
                </th>
                {row.cells.map((cell, index) => (
                  <td key={assignments[index]!.challengeId} className="px-1 py-1 text-right">
                    <GradeButton cell={cell} onClick={() => setChosen({ row, index })} />
                  </td>
                ))}
                <td className="px-4 py-1.5 text-right font-semibold tabular-nums">
                  {row.points}
                  <span className="ml-2 font-normal text-ink-3">{Math.round(row.percent)} %</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {instructor ? <GradeTokens classId={classId} /> : null}
      {chosen ? (
        <OverrideDialog
          classId={classId}
          row={rows.find(({ learner }) => learner.userId === chosen.row.learner.userId) ?? chosen.row}
          assignment={assignments[chosen.index]!}
          index={chosen.index}
          onClose={() => setChosen(undefined)}
        />
      ) : null}
    </div>
  );
}

function GradeButton({ cell, onClick }: { cell: Cell; onClick: () => void }) {
  const t = useTranslations("grades");
  const notes = [cell.late && t("late"), cell.hints > 0 && t("hints", { count: cell.hints }), cell.override?.reason];
  return (
    <button
      type="button"
      onClick={onClick}
      title={notes.filter(Boolean).join(" · ") || undefined}
      className={clsx(
        "min-w-14 rounded-md px-2 py-1 text-right tabular-nums hover:bg-hover",
        cell.state === "none" && !cell.override && "text-ink-3",
        cell.state === "full" && "font-semibold text-running-text",
      )}
    >
      {cell.override ? <NotebookPen className="mr-1 inline size-3.5" aria-label={t("overridden")} /> : null}
      {cell.state === "none" && !cell.override ? "–" : cell.points}
      {cell.late ? <span className="ml-1 text-pending-text text-xs">{t("lateMark")}</span> : null}
    </button>
  );
}

function OverrideDialog({
  classId,
  row,
  assignment,
  index,
  onClose,
}: {
  classId: string;
  row: Row;
  assignment: Book["assignments"][number];
  index: number;
  onClose: () => void;
}) {
  const t = useTranslations("grades");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const cell = row.cells[index]!;
  const [points, setPoints] = useState(String(cell.points));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const override = useMutation(
    trpc.gradebook.override.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.gradebook.get.queryKey() });
        onClose();
      },
    }),
  );
  const number = /^\d{1,6}$/.test(points.trim()) ? Number(points) : undefined;
  const submit = (value: number | null) => {
    setTried(true);
    if (value === null || reason.trim())
      override.mutate({
        classId,
        userId: row.learner.userId,
        challengeId: assignment.challengeId,
        points: value,
        reason: reason.trim() || t("takenBack"),
      });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={row.learner.nickname}
      description={`${assignment.title}: ${t("earned", { points: cell.earned, max: cell.maxPoints })}`}
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (number === undefined) setTried(true);
          else submit(number);
        }}
      >
        <FormError>{override.error?.message}</FormError>
        {cell.override ? (
          <p className="text-ink-2 text-sm">
            {t("overrideBy", { by: cell.override.by, points: cell.override.points, reason: cell.override.reason })}
          </p>
        ) : null}
        <Field
          label={t("points")}
          inputMode="numeric"
          value={points}
          onChange={(event) => setPoints(event.target.value)}
          error={tried && number === undefined ? t("pointsNeeded") : undefined}
        />
        <Field
          label={t("reason")}
          hint={t("reasonHint")}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={tried && !reason.trim() ? t("reasonNeeded") : undefined}
        />
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={override.isPending} data-testid="override-save">
            {t("save")}
          </Button>
          {cell.override ? (
            <Button type="button" onClick={() => submit(null)}>
              {t("takeBack")}
            </Button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}

function Exports({ classId }: { classId: string }) {
  const t = useTranslations("grades");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const language = useLocale();
  const [format, setFormat] = useState<Format>("plain");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const download = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { csv } = await queries.fetchQuery({
        ...trpc.gradebook.export.queryOptions({ classId, language, format }),
        staleTime: 0,
      });
      const link = document.createElement("a");
      // With a byte order mark, spreadsheets read names beyond ASCII rightly.
      link.href = URL.createObjectURL(new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" }));
      link.download = `grades-${format}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
    setBusy(false);
  };
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SelectField label={t("format")} value={format} onChange={(event) => setFormat(event.target.value as Format)}>
        {FORMATS.map((one) => (
          <option key={one} value={one}>
            {t(`formats.${one}`)}
          </option>
        ))}
      </SelectField>
      <Button className="h-10!" busy={busy} onClick={() => void download()} data-testid="export-grades">
        <Download className="size-4" aria-hidden />
        {t("download")}
      </Button>
      <FormError>{error}</FormError>
    </div>
  );
}
