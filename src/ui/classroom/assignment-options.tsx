"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../data/trpc";
import type { AssignmentView } from "../data/types";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { Field, FormError, SelectField } from "../design/field";
import { Check } from "./scoring-settings";
import { fromZoneText, toZoneText } from "./zone-time";

const TIMES = ["opensAt", "dueAt", "closesAt"] as const;

/** When an assignment opens and ends, what lateness costs and what is allowed. Times are those of the class's zone. */
export function AssignmentOptions({
  classId,
  zone,
  assignment,
  onClose,
}: {
  classId: string;
  zone: string;
  assignment: AssignmentView;
  onClose: () => void;
}) {
  const t = useTranslations("assignments");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [times, setTimes] = useState({
    opensAt: toZoneText(assignment.opensAt, zone),
    dueAt: toZoneText(assignment.dueAt, zone),
    closesAt: toZoneText(assignment.closesAt, zone),
  });
  const [late, setLate] = useState({
    graceMinutes: String(assignment.late.graceMinutes),
    percentPerDay: String(assignment.late.percentPerDay),
    floorPercent: String(assignment.late.floorPercent),
  });
  const [mode, setMode] = useState(assignment.mode);
  const [hints, setHints] = useState(assignment.hints || assignment.mode === "exam");
  const [attempts, setAttempts] = useState(assignment.attempts === undefined ? "" : String(assignment.attempts));
  const save = useMutation(
    trpc.assignments.configure.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.assignments.list.queryKey() });
        onClose();
      },
    }),
  );
  const issues = save.error?.data?.fields ?? {};
  const submit = () => {
    const [opensAt, dueAt, closesAt] = TIMES.map((name) => fromZoneText(times[name], zone) ?? null);
    save.mutate({
      classId,
      challengeId: assignment.challengeId,
      opensAt: opensAt!,
      dueAt: dueAt!,
      closesAt: closesAt!,
      late: {
        graceMinutes: Number(late.graceMinutes) || 0,
        percentPerDay: Number(late.percentPerDay) || 0,
        floorPercent: Number(late.floorPercent) || 0,
      },
      mode,
      hints,
      attempts: attempts.trim() === "" ? null : Number(attempts),
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={assignment.title}
      description={t("zone", { zone })}
      className="max-w-lg!"
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FormError>{Object.keys(issues).length === 0 ? save.error?.message : undefined}</FormError>
        {TIMES.map((name) => (
          <Field
            key={name}
            type="datetime-local"
            label={t(name)}
            value={times[name]}
            onChange={(event) => setTimes({ ...times, [name]: event.target.value })}
            error={issues[name]}
          />
        ))}
        <fieldset className="grid grid-cols-3 gap-3">
          <legend className="mb-1.5 font-medium text-ink-2 text-sm">{t("late")}</legend>
          {(["graceMinutes", "percentPerDay", "floorPercent"] as const).map((name) => (
            <Field
              key={name}
              label={t(name)}
              type="number"
              min={0}
              value={late[name]}
              onChange={(event) => setLate({ ...late, [name]: event.target.value })}
              error={issues[`late.${name}`]}
            />
          ))}
        </fieldset>
        <SelectField label={t("mode")} value={mode} onChange={(event) => setMode(event.target.value as typeof mode)}>
          {(["graded", "ungraded", "exam"] as const).map((one) => (
            <option key={one} value={one}>
              {t(`modes.${one}`)}
            </option>
          ))}
        </SelectField>
        <Field
          label={t("attempts")}
          hint={t("attemptsHint")}
          type="number"
          min={1}
          value={attempts}
          onChange={(event) => setAttempts(event.target.value)}
          error={issues.attempts}
        />
        <Check label={t("hintsAllowed")} on={hints && mode !== "exam"} onChange={setHints} />
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          busy={save.isPending}
          data-testid="assignment-save"
        >
          {t("save")}
        </Button>
      </form>
    </Dialog>
  );
}
