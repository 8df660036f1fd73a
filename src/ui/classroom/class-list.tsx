"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, School } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { JoinCodeForm } from "../account/join-code-form";
import { useMe } from "../data/me";
import { useTRPC } from "../data/trpc";
import { Button, ButtonLink } from "../design/button";
import { Badge, Card, EmptyState, Skeleton } from "../design/card";
import { Dialog } from "../design/dialog";
import { Field, FormError } from "../design/field";
import { Page } from "../shell/page";

export function ClassList() {
  const t = useTranslations("classes");
  const trpc = useTRPC();
  const me = useMe();
  const [creating, setCreating] = useState(false);
  const list = useQuery({ ...trpc.classes.list.queryOptions(), enabled: Boolean(me) });
  const mayCreate = me && !me.isGuest;
  const createButton = mayCreate ? (
    <Button variant="primary" onClick={() => setCreating(true)} data-testid="class-create">
      <Plus className="size-4" aria-hidden />
      {t("create")}
    </Button>
  ) : (
    <ButtonLink href={me ? "/sign-up?next=/classes" : "/sign-in?next=/classes"}>
      {me ? t("needAccount") : t("signIn")}
    </ButtonLink>
  );
  return (
    <Page title={t("title")} lead={t("lead")} actions={me === undefined ? null : createButton}>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
        <div>
          {me === undefined || (me && list.isPending) ? (
            <div className="flex flex-col gap-3">
              <Skeleton className="h-20" />
              <Skeleton className="h-20" />
            </div>
          ) : !list.data || list.data.length === 0 ? (
            <Card>
              <EmptyState icon={<School />} title={t("empty")}>
                {mayCreate ? t("emptyText") : t("emptyGuest")}
              </EmptyState>
            </Card>
          ) : (
            <ul className="flex flex-col gap-3">
              {list.data.map((one) => (
                <li key={one.id}>
                  <Card
                    className="group relative flex items-center gap-4 px-5 py-4 hover:border-line-strong"
                    data-testid={`class-${one.name}`}
                  >
                    <div className="min-w-0 flex-1">
                      <h2 className="truncate font-semibold text-lg">
                        <Link
                          href={`/classes/${one.id}`}
                          className="after:absolute after:inset-0 after:rounded-lg group-hover:text-accent-text"
                        >
                          {one.name}
                        </Link>
                      </h2>
                      <p className="text-ink-3 text-sm">
                        {t("members", { count: one.members })} · {t("as", { nickname: one.nickname })}
                      </p>
                    </div>
                    {one.joinCode ? (
                      <span className="font-mono font-semibold tracking-widest max-sm:hidden">{one.joinCode}</span>
                    ) : null}
                    <Badge tone={one.role === "learner" ? "neutral" : "accent"}>{t(`role.${one.role}`)}</Badge>
                  </Card>
                </li>
              ))}
            </ul>
          )}
        </div>
        <Card className="p-5">
          <JoinCodeForm />
        </Card>
      </div>
      <CreateClass open={creating} onOpenChange={setCreating} />
    </Page>
  );
}

function CreateClass({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("classes");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const create = useMutation(
    trpc.classes.create.mutationOptions({
      onSuccess: (made) => {
        void queries.invalidateQueries({ queryKey: trpc.classes.list.queryKey() });
        router.push(`/classes/${made.id}`);
      },
    }),
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("createTitle")} description={t("createText")}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim()) create.mutate({ name: name.trim() });
        }}
      >
        <FormError>{create.error?.message}</FormError>
        <Field
          label={t("name")}
          name="class-name"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder={t("namePlaceholder")}
          error={tried && !name.trim() ? t("nameNeeded") : undefined}
        />
        <Button
          type="submit"
          variant="primary"
          busy={create.isPending}
          className="self-end"
          data-testid="class-create-submit"
        >
          {t("create")}
        </Button>
      </form>
    </Dialog>
  );
}
