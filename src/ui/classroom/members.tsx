"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { UserMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RouterInputs } from "@/server/trpc/router";
import { useMe } from "../data/me";
import { useTRPC } from "../data/trpc";
import { IconButton } from "../design/button";
import { Card, Skeleton } from "../design/card";
import { FormError } from "../design/field";

type Role = RouterInputs["classes"]["setRole"]["role"];
const ROLES: Role[] = ["instructor", "assistant", "learner"];

export function Members({ classId, role }: { classId: string; role: Role }) {
  const t = useTranslations("members");
  const tClasses = useTranslations("classes");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const me = useMe();
  const list = useQuery(trpc.classes.members.queryOptions({ classId }));
  const refresh = { onSettled: () => void queries.invalidateQueries({ queryKey: trpc.classes.members.queryKey() }) };
  const setRole = useMutation(trpc.classes.setRole.mutationOptions(refresh));
  const remove = useMutation(trpc.classes.remove.mutationOptions(refresh));
  if (!list.data) return <Skeleton className="h-64" />;
  const may = role === "instructor";
  return (
    <div className="flex flex-col gap-3">
      <FormError>{(setRole.error ?? remove.error)?.message}</FormError>
      <Card className="overflow-x-auto">
        <table className="w-full">
          <thead className="text-left text-ink-3 text-sm">
            <tr>
              <th className="px-4 py-2 font-medium">{t("nickname")}</th>
              <th className="px-4 py-2 font-medium max-sm:hidden">{t("account")}</th>
              <th className="px-4 py-2 font-medium">{t("role")}</th>
              <th className="w-12">
                <span className="sr-only">{t("actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((member) => (
              <tr key={member.userId} className="border-line border-t" data-testid={`member-${member.nickname}`}>
                <td className="px-4 py-2 font-semibold">{member.nickname}</td>
                <td className="px-4 py-2 text-ink-2 max-sm:hidden">{member.isGuest ? t("guest") : member.username}</td>
                <td className="px-4 py-2">
                  {may ? (
                    <select
                      aria-label={t("roleOf", { name: member.nickname })}
                      value={member.role}
                      onChange={(event) =>
                        setRole.mutate({ classId, userId: member.userId, role: event.target.value as Role })
                      }
                      className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
                    >
                      {ROLES.map((one) => (
                        <option key={one} value={one}>
                          {tClasses(`role.${one}`)}
                        </option>
                      ))}
                    </select>
                  ) : (
                    tClasses(`role.${member.role}`)
                  )}
                </td>
                <td className="px-2">
                  {may && member.userId !== me?.id ? (
                    <IconButton
                      label={t("remove", { name: member.nickname })}
                      onClick={() => remove.mutate({ classId, userId: member.userId })}
                    >
                      <UserMinus className="size-4" />
                    </IconButton>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </div>
  );
}
