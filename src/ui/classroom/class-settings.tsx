"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../data/trpc";
import type { ClassView } from "../data/types";
import { Button } from "../design/button";
import { Card } from "../design/card";
import { Field, FormError, SelectField } from "../design/field";
import { ScoringSettings } from "./scoring-settings";

export function ClassSettings({ view }: { view: ClassView }) {
  const t = useTranslations("settings");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState(view.name);
  const refresh = { onSettled: () => void queries.invalidateQueries({ queryKey: trpc.classes.get.queryKey() }) };
  const change = useMutation(trpc.classes.settings.mutationOptions(refresh));
  const newCode = useMutation(trpc.classes.newJoinCode.mutationOptions(refresh));
  const classId = view.id;
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <FormError>{(change.error ?? newCode.error)?.message}</FormError>
      <Card className="p-5">
        <form
          className="flex items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) change.mutate({ classId, name: name.trim() });
          }}
        >
          <Field
            label={t("name")}
            className="flex-1"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={name.trim() ? undefined : t("nameNeeded")}
          />
          <Button type="submit" disabled={!name.trim() || name.trim() === view.name} busy={change.isPending}>
            {t("save")}
          </Button>
        </form>
      </Card>
      <ClassFacts view={view} onChange={(facts) => change.mutate({ classId, ...facts })} />
      <Card className="divide-y divide-line">
        <Switch
          label={t("leaderboard")}
          hint={t("leaderboardHint")}
          on={view.leaderboard}
          onChange={(leaderboard) => change.mutate({ classId, leaderboard })}
          testId="switch-leaderboard"
        />
        <Switch
          label={t("frozen")}
          hint={t("frozenHint")}
          on={view.frozenAt !== undefined}
          onChange={(frozen) => change.mutate({ classId, frozen })}
          testId="switch-frozen"
        />
        <Switch
          label={t("joinable")}
          hint={t("joinableHint")}
          on={view.joinable}
          onChange={(joinable) => change.mutate({ classId, joinable })}
          testId="switch-joinable"
        />
      </Card>
      <ScoringSettings rules={view.scoring} onChange={(scoring) => change.mutate({ classId, scoring })} />
      <Card className="flex flex-wrap items-center gap-4 p-5">
        <div className="min-w-48 flex-1">
          <p className="font-semibold">{t("code", { code: view.joinCode ?? "" })}</p>
          <p className="text-ink-3 text-sm">{t("codeHint")}</p>
        </div>
        <Button busy={newCode.isPending} onClick={() => newCode.mutate({ classId })}>
          {t("newCode")}
        </Button>
      </Card>
    </div>
  );
}

/** The term, and the zone in which times are meant. */
function ClassFacts({
  view,
  onChange,
}: {
  view: ClassView;
  onChange: (facts: { term: string | null; timeZone: string }) => void;
}) {
  const t = useTranslations("settings");
  const [term, setTerm] = useState(view.term ?? "");
  const [zone, setZone] = useState(view.timeZone);
  const unchanged = term.trim() === (view.term ?? "") && zone === view.timeZone;
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set(["UTC", mine, view.timeZone, ...Intl.supportedValuesOf("timeZone")])];
  return (
    <Card className="p-5">
      <form
        className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ term: term.trim() || null, timeZone: zone });
        }}
      >
        <Field label={t("term")} maxLength={40} value={term} onChange={(event) => setTerm(event.target.value)} />
        <SelectField
          className="min-w-0"
          label={t("timeZone")}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        >
          {zones.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        <Button type="submit" className="h-10!" disabled={unchanged}>
          {t("save")}
        </Button>
      </form>
    </Card>
  );
}

function Switch({
  label,
  hint,
  on,
  onChange,
  testId,
}: {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
  testId: string;
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      data-testid={testId}
      onClick={() => onChange(!on)}
      className="flex w-full items-center gap-4 px-5 py-4 text-left hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{label}</span>
        <span className="block text-ink-3 text-sm">{hint}</span>
      </span>
      <span
        aria-hidden
        className={clsx(
          "flex h-6 w-10 shrink-0 items-center rounded-full p-0.5 transition-colors",
          on ? "bg-accent" : "bg-line-strong",
        )}
      >
        <span className={clsx("size-5 rounded-full bg-surface transition-transform", on && "translate-x-4")} />
      </span>
    </button>
  );
}
