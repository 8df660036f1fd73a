"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useTRPC } from "../data/trpc";
import { Button, IconButton } from "../design/button";
import { Card } from "../design/card";
import { CopyButton } from "../design/copy";
import { Field, FormError } from "../design/field";

/** Tokens with which other programs read the grades; each is shown once. */
export function GradeTokens({ classId }: { classId: string }) {
  const t = useTranslations("grades");
  const format = useFormatter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(location.origin), []);
  const list = useQuery(trpc.gradebook.tokens.queryOptions({ classId }));
  const refresh = { onSettled: () => void queries.invalidateQueries({ queryKey: trpc.gradebook.tokens.queryKey() }) };
  const add = useMutation(trpc.gradebook.addToken.mutationOptions(refresh));
  const remove = useMutation(trpc.gradebook.removeToken.mutationOptions(refresh));
  const line = `curl -H "Authorization: Bearer ${add.data?.token ?? "TOKEN"}" ${origin}/api/classes/${classId}/grades.csv`;
  return (
    <Card className="flex flex-col gap-4 p-5">
      <div>
        <h2 className="font-semibold">{t("tokens")}</h2>
        <p className="text-ink-3 text-sm">{t("tokensHint")}</p>
      </div>
      <FormError>{(add.error ?? remove.error)?.message}</FormError>
      {list.data && list.data.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {list.data.map((token) => (
            <li key={token.id} className="flex items-center gap-3 text-sm">
              <KeyRound className="size-4 text-ink-3" aria-hidden />
              <span className="font-medium">{token.name}</span>
              <span className="text-ink-3">
                {token.lastUsedAt ? t("tokenUsed", { when: format.relativeTime(token.lastUsedAt) }) : t("tokenUnused")}
              </span>
              <IconButton
                label={t("tokenRemove", { name: token.name })}
                className="ml-auto"
                onClick={() => remove.mutate({ classId, tokenId: token.id })}
              >
                <X className="size-4" />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        className="flex items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return;
          add.mutate({ classId, name: name.trim() });
          setName("");
        }}
      >
        <Field
          label={t("tokenName")}
          className="max-w-60 flex-1"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" className="h-10!" disabled={!name.trim()} busy={add.isPending}>
          {t("tokenAdd")}
        </Button>
      </form>
      {add.data ? (
        <div role="status" className="flex flex-col gap-1">
          <p className="font-medium text-sm">{t("tokenOnce")}</p>
          <p className="flex items-start gap-1 rounded-md bg-sunken px-3 py-2 font-mono text-sm">
            <span className="min-w-0 flex-1 break-all">{line}</span>
            <CopyButton text={line} />
          </p>
        </div>
      ) : null}
    </Card>
  );
}
