"use client";

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { useMe } from "../data/me";
import { useTRPC } from "../data/trpc";
import { Button, ButtonLink } from "../design/button";
import { Badge, Card, EmptyState, Skeleton } from "../design/card";
import { Field, FormError } from "../design/field";
import { Page } from "../shell/page";

export function AdminPage() {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const me = useMe();
  const overview = useQuery({ ...trpc.admin.overview.queryOptions(), enabled: me?.isAdmin === true });
  if (me === undefined) {
    return (
      <Page title={t("title")}>
        <Skeleton className="h-64" />
      </Page>
    );
  }
  if (!me?.isAdmin) {
    return (
      <Page>
        <EmptyState title={t("refused")} action={<ButtonLink href="/sign-in?next=/admin">{t("signIn")}</ButtonLink>}>
          {t("refusedText")}
        </EmptyState>
      </Page>
    );
  }
  const numbers = overview.data
    ? [
        { name: t("users"), value: overview.data.users },
        { name: t("classes"), value: overview.data.classes },
        { name: t("openLabs"), value: overview.data.openLabs },
        { name: t("labsInMemory"), value: overview.data.labsInMemory },
      ]
    : [];
  return (
    <Page title={t("title")}>
      <dl className="mb-8 grid grid-cols-2 gap-4 sm:grid-cols-4">
        {overview.data
          ? numbers.map(({ name, value }) => (
              <Card key={name} className="flex flex-col-reverse px-5 py-4">
                <dt className="text-ink-3 text-sm">{name}</dt>
                <dd className="font-semibold text-3xl">{String(value)}</dd>
              </Card>
            ))
          : [1, 2, 3, 4].map((one) => <Skeleton key={one} className="h-24" />)}
      </dl>
      <Users />
    </Page>
  );
}

function Users() {
  const t = useTranslations("admin");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed);
  const pages = useInfiniteQuery(
    trpc.admin.users.infiniteQueryOptions({ search }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const set = useMutation(
    trpc.admin.setAdministrator.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: trpc.admin.users.infiniteQueryKey() }),
    }),
  );
  const users = pages.data?.pages.flatMap((page) => page.users) ?? [];
  return (
    <section className="flex flex-col gap-3">
      <div className="flex items-end gap-4">
        <h2 className="flex-1 font-semibold text-lg">{t("users")}</h2>
        <Field
          label={t("search")}
          type="search"
          className="w-64 max-w-full"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <FormError>{(pages.error ?? set.error)?.message}</FormError>
      <Card className="overflow-x-auto">
        {pages.isPending ? (
          <Skeleton className="m-4 h-40" />
        ) : users.length === 0 ? (
          <EmptyState title={t("nobody")}>{t("nobodyText")}</EmptyState>
        ) : (
          <table className="w-full">
            <thead className="text-left text-ink-3 text-sm">
              <tr>
                <th className="px-4 py-2 font-medium">{t("name")}</th>
                <th className="px-4 py-2 font-medium">{t("kind")}</th>
                <th className="px-4 py-2">
                  <span className="sr-only">{t("actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {users.map((user) => (
                <tr key={user.id} className="border-line border-t">
                  <td className="px-4 py-2">
                    <span className="font-semibold">{user.name}</span>
                    {user.username && user.username !== user.name ? (
                      <span className="text-ink-3"> {user.username}</span>
                    ) : null}
                  </td>
                  <td className="px-4 py-2">
                    {user.isAdmin ? (
                      <Badge tone="accent">{t("administrator")}</Badge>
                    ) : user.isGuest ? (
                      <Badge>{t("guest")}</Badge>
                    ) : (
                      t("account")
                    )}
                  </td>
                  <td className="px-4 py-1.5 text-right">
                    {user.isGuest || user.id === me?.id ? null : (
                      <Button
                        size="sm"
                        variant="ghost"
                        onClick={() => set.mutate({ userId: user.id, administrator: !user.isAdmin })}
                      >
                        {user.isAdmin ? t("demote") : t("promote")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Card>
      {pages.hasNextPage ? (
        <Button className="self-center" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
    </section>
  );
}
