"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, Upload, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";
import { useTRPC } from "../data/trpc";
import { Button, IconButton } from "../design/button";
import { Card } from "../design/card";
import { CopyButton } from "../design/copy";
import { FieldNote, FormError, inputClass } from "../design/field";

/** Whom the class expects: a list from the school's own system, and a personal link for each. */
export function Roster({ classId, instructor }: { classId: string; instructor: boolean }) {
  const t = useTranslations("roster");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(location.origin), []);
  const list = useQuery(trpc.roster.list.queryOptions({ classId }));
  const refresh = { onSettled: () => void queries.invalidateQueries({ queryKey: trpc.roster.list.queryKey() }) };
  const remove = useMutation(trpc.roster.remove.mutationOptions(refresh));
  const entries = list.data ?? [];
  const linkOf = (code: string) => `${origin}/join/${code}`;
  const allLinks = entries.map((one) => `${one.nickname}\t${one.email ?? ""}\t${linkOf(one.code)}`).join("\n");
  return (
    <section className="mt-8 flex flex-col gap-3">
      <div className="flex items-baseline gap-3">
        <h2 className="font-semibold text-lg">{t("title")}</h2>
        {entries.length > 0 ? (
          <span className="flex items-center gap-1 text-ink-3 text-sm">
            {t("joined", { joined: entries.filter((one) => one.joinedAt).length, total: entries.length })}
            <CopyButton text={allLinks} />
          </span>
        ) : null}
      </div>
      {instructor ? <ImportForm classId={classId} onDone={refresh.onSettled} /> : null}
      <FormError>{remove.error?.message}</FormError>
      {entries.length > 0 ? (
        <Card className="divide-y divide-line">
          {entries.map((one) => (
            <div
              key={one.id}
              className="flex items-center gap-3 py-1.5 pr-2 pl-4 text-sm"
              data-testid={`roster-${one.nickname}`}
            >
              {one.joinedAt ? (
                <CircleCheck className="size-4 shrink-0 text-running-text" aria-label={t("hasJoined")} />
              ) : (
                <CircleDashed className="size-4 shrink-0 text-ink-3" aria-label={t("expected")} />
              )}
              <span className="font-semibold">{one.nickname}</span>
              <span className="min-w-0 flex-1 truncate text-ink-3 max-sm:hidden">
                {[one.email, one.section, one.team].filter(Boolean).join(" · ")}
              </span>
              {one.joinedAt ? null : (
                <span className="flex items-center gap-1 font-mono text-ink-3 text-xs">
                  <span className="max-md:hidden">{linkOf(one.code)}</span>
                  <CopyButton text={linkOf(one.code)} />
                </span>
              )}
              {instructor ? (
                <IconButton
                  label={t("remove", { name: one.nickname })}
                  onClick={() => remove.mutate({ classId, entryId: one.id })}
                >
                  <X className="size-4" />
                </IconButton>
              ) : null}
            </div>
          ))}
        </Card>
      ) : null}
    </section>
  );
}

function ImportForm({ classId, onDone }: { classId: string; onDone: () => void }) {
  const t = useTranslations("roster");
  const trpc = useTRPC();
  const id = useId();
  const [csv, setCsv] = useState("");
  const load = useMutation(
    trpc.roster.import.mutationOptions({
      onSuccess: ({ problems }) => {
        if (problems.length === 0) setCsv("");
        onDone();
      },
    }),
  );
  const problems = load.data?.problems ?? [];
  return (
    <Card className="flex flex-col gap-3 p-5">
      <label htmlFor={id} className="font-medium text-sm">
        {t("csv")}
      </label>
      <textarea
        id={id}
        value={csv}
        rows={4}
        spellCheck={false}
        placeholder={"Name,Email,Section\nAda Lovelace,ada@example.org,A"}
        aria-describedby={`${id}-note`}
        aria-invalid={problems.length > 0 || undefined}
        data-testid="roster-csv"
        onChange={(event) => {
          setCsv(event.target.value);
          load.reset();
        }}
        className={`${inputClass} py-2 font-mono text-sm`}
      />
      <FieldNote id={`${id}-note`} hint={t("csvHint")} />
      {problems.length > 0 ? (
        <ul role="alert" className="flex flex-col gap-0.5 text-failing-text text-sm">
          {problems.slice(0, 10).map((problem) => (
            <li key={`${problem.line} ${problem.message}`}>{t("line", { ...problem })}</li>
          ))}
          {problems.length > 10 ? <li>{t("moreProblems", { count: problems.length - 10 })}</li> : null}
        </ul>
      ) : load.data ? (
        <p role="status" className="text-running-text text-sm">
          {t("imported", { added: load.data.added, changed: load.data.changed })}
        </p>
      ) : null}
      <FormError>{load.error?.message}</FormError>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={!csv.trim()}
          busy={load.isPending}
          data-testid="roster-import"
          onClick={() => load.mutate({ classId, csv })}
        >
          <Upload className="size-4" aria-hidden />
          {t("import")}
        </Button>
        <label className="relative flex h-9 cursor-pointer items-center rounded-md border border-line-strong bg-surface px-3 font-medium text-sm hover:bg-hover">
          {t("file")}
          <input
            type="file"
            accept=".csv,.tsv,text/csv"
            className="sr-only"
            onChange={(event) => void event.target.files?.[0]?.text().then(setCsv)}
          />
        </label>
      </div>
    </Card>
  );
}
