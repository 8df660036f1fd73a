"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "../data/trpc";
import { buttonClass } from "../design/button";
import { Skeleton } from "../design/card";
import { CommandLine } from "../design/copy";
import { Dialog } from "../design/dialog";
import { FormError } from "../design/field";
import { useLabSession } from "./lab-context";

/** How the learner's own kubectl, k9s or Lens gets to this lab. */
export function OutsideDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("outside");
  const trpc = useTRPC();
  const { labId } = useLabSession();
  const origin = typeof location === "undefined" ? "" : location.origin;
  const access = useQuery({ ...trpc.labs.kubeconfig.queryOptions({ labId, origin }), enabled: open });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} description={t("text")} className="max-w-xl!">
      <FormError>{access.error?.message}</FormError>
      {access.data ? (
        <div className="flex flex-col gap-4" data-testid="outside">
          <section className="flex flex-col gap-2">
            <h3 className="font-semibold text-sm">{t("byFile")}</h3>
            <a
              href={`data:application/yaml;charset=utf-8,${encodeURIComponent(access.data.kubeconfig)}`}
              download={`${access.data.name}.yaml`}
              data-testid="kubeconfig"
              className={buttonClass("primary", "md", "self-start")}
            >
              <Download className="size-4" aria-hidden />
              {t("download")}
            </a>
            <CommandLine command={`kubectl --kubeconfig ~/Downloads/${access.data.name}.yaml get pods -A`} />
          </section>
          <section className="flex flex-col gap-2">
            <h3 className="font-semibold text-sm">{t("byLines")}</h3>
            {configLines(access.data).map((line) => (
              <CommandLine key={line} command={line} />
            ))}
          </section>
          <p className="text-ink-3 text-sm">{t("secret")}</p>
        </div>
      ) : access.error ? null : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}

const configLines = ({ name, server, token }: { name: string; server: string; token: string }) => [
  `kubectl config set-cluster ${name} --server=${server}`,
  `kubectl config set-credentials ${name} --token=${token}`,
  `kubectl config set-context ${name} --cluster=${name} --user=${name}`,
  `kubectl config use-context ${name}`,
];
