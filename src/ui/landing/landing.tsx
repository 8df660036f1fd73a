"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight, Map as MapIcon, Play, SquareTerminal, Users } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { JoinCodeForm } from "../account/join-code-form";
import { useMe } from "../data/me";
import { usePlay } from "../data/play";
import { useTRPC } from "../data/trpc";
import { Button, ButtonLink } from "../design/button";
import { FormError } from "../design/field";
import { learningOrder } from "../lab/outcome";
import { usePrefetchLab } from "../lab/prefetch-lab";
import { SiteHeader } from "../shell/page";
import { HarbourScene } from "./harbour-scene";

/** What Podium is in three sentences, and one click to a terminal. */
export function Landing() {
  const t = useTranslations("landing");
  const trpc = useTRPC();
  const language = useLocale();
  const me = useMe();
  usePrefetchLab();
  const { play, busy, error } = usePlay();
  const list = useQuery(trpc.challenges.list.queryOptions({ language }));
  const order = useMemo(() => learningOrder(list.data ?? []), [list.data]);
  const first = order.find(({ state }) => state !== "solved") ?? order[0];
  const returning = list.data?.some(({ state }) => state !== "new") ?? false;
  const points = [
    { icon: SquareTerminal, title: t("shellTitle"), text: t("shellText") },
    { icon: MapIcon, title: t("mapTitle"), text: t("mapText") },
    { icon: Users, title: t("classTitle"), text: t("classText") },
  ];
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader clear />
      <main className="flex flex-1 flex-col">
        <section className="relative isolate flex flex-1 flex-col overflow-hidden bg-page pb-[38vw] sm:pb-[30vw] lg:pb-[300px]">
          <HarbourScene className="absolute inset-x-0 bottom-0 -z-10 h-[62vw] w-full sm:h-[52vw] lg:h-[max(34vw,480px)] [mask-image:linear-gradient(to_bottom,transparent,black_18%)]" />
          <div className="mx-auto w-full max-w-6xl px-4 pt-8 sm:px-6 sm:pt-14">
            <h1 className="max-w-3xl font-bold text-4xl tracking-tight sm:text-6xl">{t("title")}</h1>
            <p className="mt-4 max-w-2xl text-ink-2 text-lg sm:text-xl">{t("lead")}</p>
            <div className="mt-7 flex flex-wrap items-end gap-x-8 gap-y-5">
              <div className="flex flex-wrap items-center gap-3">
                <Button
                  variant="primary"
                  size="lg"
                  busy={busy}
                  disabled={list.isSuccess && !first}
                  onClick={() => play(first?.id)}
                  data-testid="play-now"
                >
                  <Play className="size-5 fill-current" aria-hidden />
                  {returning ? t("continue") : t("play")}
                </Button>
                <ButtonLink href="/challenges" variant="ghost" size="lg">
                  {t("browse")}
                  <ArrowRight className="size-4.5" aria-hidden />
                </ButtonLink>
              </div>
              <JoinCodeForm />
            </div>
            <p className="mt-3 text-ink-2 text-sm">{me ? t("welcomeBack", { name: me.name }) : t("noAccount")}</p>
            {error ? (
              <div className="mt-3 max-w-md">
                <FormError>{error}</FormError>
              </div>
            ) : null}
          </div>
        </section>
        <section className="border-line border-t bg-surface">
          <ul className="mx-auto grid max-w-6xl gap-8 px-4 py-10 sm:px-6 md:grid-cols-3">
            {points.map(({ icon: Icon, title, text }) => (
              <li key={title}>
                <Icon className="mb-2.5 size-6 text-accent-text" aria-hidden />
                <h2 className="font-semibold text-lg">{title}</h2>
                <p className="mt-1 text-ink-2">{text}</p>
              </li>
            ))}
          </ul>
        </section>
      </main>
    </div>
  );
}
