"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, ClipboardList, Plus, SlidersHorizontal, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../data/trpc";
import { Button, IconButton } from "../design/button";
import { Card, EmptyState, Skeleton } from "../design/card";
import { DifficultyBadge } from "../design/difficulty";
import { FormError } from "../design/field";
import { AssignmentOptions } from "./assignment-options";

/** What the class does and in which order; the rest of the catalogue stands beside it. */
export function AssignmentEditor({ classId, zone }: { classId: string; zone: string }) {
  const t = useTranslations("assignments");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const language = useLocale();
  const list = useQuery(trpc.assignments.list.queryOptions({ classId, language }));
  const catalogue = useQuery(trpc.challenges.list.queryOptions({ language }));
  const refresh = { onSettled: () => void queries.invalidateQueries({ queryKey: trpc.assignments.list.queryKey() }) };
  const add = useMutation(trpc.assignments.add.mutationOptions(refresh));
  const remove = useMutation(trpc.assignments.remove.mutationOptions(refresh));
  const reorder = useMutation(trpc.assignments.reorder.mutationOptions(refresh));
  const [chosen, setChosen] = useState<string>();
  if (!list.data || !catalogue.data) return <Skeleton className="h-64" />;
  const ids = list.data.map(({ challengeId }) => challengeId);
  const rest = catalogue.data.filter(({ id }) => !ids.includes(id));
  const move = (index: number, by: number) => {
    const next = [...ids];
    const [moved] = next.splice(index, 1);
    next.splice(index + by, 0, moved!);
    reorder.mutate({ classId, challengeIds: next });
  };
  const error = add.error ?? remove.error ?? reorder.error;
  return (
    <div className="flex flex-col gap-4">
      <FormError>{error?.message}</FormError>
      {list.data
        .filter((one) => one.challengeId === chosen)
        .map((one) => (
          <AssignmentOptions
            key={one.challengeId}
            classId={classId}
            zone={zone}
            assignment={one}
            onClose={() => setChosen(undefined)}
          />
        ))}
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-2">
        <section>
          <h2 className="mb-2 font-semibold text-lg">{t("assigned")}</h2>
          {ids.length === 0 ? (
            <Card>
              <EmptyState icon={<ClipboardList />} title={t("empty")}>
                {t("emptyAdd")}
              </EmptyState>
            </Card>
          ) : (
            <ol className="flex flex-col gap-2">
              {list.data.map((one, index) => (
                <li key={one.challengeId}>
                  <Card className="flex items-center gap-2 py-2 pr-2 pl-4" data-testid={`assigned-${one.challengeId}`}>
                    <span className="w-5 text-ink-3">{index + 1}</span>
                    <span className="min-w-0 flex-1 truncate font-semibold">{one.title}</span>
                    <IconButton
                      label={t("options", { title: one.title })}
                      data-testid={`options-${one.challengeId}`}
                      onClick={() => setChosen(one.challengeId)}
                    >
                      <SlidersHorizontal className="size-4" />
                    </IconButton>
                    <IconButton
                      label={t("up", { title: one.title })}
                      disabled={index === 0}
                      onClick={() => move(index, -1)}
                    >
                      <ArrowUp className="size-4" />
                    </IconButton>
                    <IconButton
                      label={t("down", { title: one.title })}
                      disabled={index === ids.length - 1}
                      onClick={() => move(index, 1)}
                    >
                      <ArrowDown className="size-4" />
                    </IconButton>
                    <IconButton
                      label={t("remove", { title: one.title })}
                      onClick={() => remove.mutate({ classId, challengeId: one.challengeId })}
                    >
                      <X className="size-4" />
                    </IconButton>
                  </Card>
                </li>
              ))}
            </ol>
          )}
        </section>
        <section>
          <h2 className="mb-2 font-semibold text-lg">{t("catalogue")}</h2>
          {rest.length === 0 ? <p className="text-ink-3">{t("allAssigned")}</p> : null}
          <ul className="flex flex-col gap-2">
            {rest.map((challenge) => (
              <li key={challenge.id}>
                <Card className="flex items-center gap-3 py-2 pr-2 pl-4">
                  <div className="min-w-0 flex-1">
                    <p className="truncate font-semibold">{challenge.title}</p>
                    <p className="flex items-center gap-3 text-ink-3 text-sm">
                      <DifficultyBadge difficulty={challenge.difficulty} />
                      {t("points", { points: challenge.points })}
                    </p>
                  </div>
                  <Button
                    size="sm"
                    onClick={() => add.mutate({ classId, challengeId: challenge.id })}
                    data-testid={`assign-${challenge.id}`}
                    aria-label={t("addNamed", { title: challenge.title })}
                  >
                    <Plus className="size-4" aria-hidden />
                    {t("add")}
                  </Button>
                </Card>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}
