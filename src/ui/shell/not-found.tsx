"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../design/button";
import { Page } from "./page";

/** An empty berth: the dashed outline of a ship that is not there. */
function EmptyBerth({ sunk }: { sunk?: boolean }) {
  return (
    <svg viewBox="0 0 320 120" aria-hidden className="mx-auto mb-6 w-72 max-w-full">
      <g
        fill="none"
        stroke={sunk ? "var(--failing)" : "var(--line-strong)"}
        strokeWidth="2.5"
        strokeDasharray="7 6"
        transform={sunk ? "rotate(9 160 70)" : undefined}
      >
        <path d="M60 66H262l-20 30H82Z" />
        <rect x="92" y="42" width="34" height="20" rx="2" />
        <rect x="132" y="42" width="34" height="20" rx="2" />
        <rect x="132" y="18" width="34" height="20" rx="2" />
        <rect x="172" y="42" width="34" height="20" rx="2" />
      </g>
      <path
        d="M20 104q10 -7 20 0t20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0 20 0"
        fill="none"
        stroke="var(--lane)"
        strokeWidth="2.5"
      />
    </svg>
  );
}

function Middle({
  picture,
  title,
  text,
  children,
}: {
  picture: ReactNode;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <Page>
      <div className="py-[8vh] text-center">
        {picture}
        <h1 className="font-bold text-3xl tracking-tight">{title}</h1>
        <p className="mx-auto mt-2 mb-6 max-w-md text-ink-2 text-lg">{text}</p>
        {children}
      </div>
    </Page>
  );
}

export function NotFound() {
  const t = useTranslations("errors");
  return (
    <Middle picture={<EmptyBerth />} title={t("notFound")} text={t("notFoundText")}>
      <ButtonLink href="/challenges" variant="primary">
        {t("toChallenges")}
      </ButtonLink>
    </Middle>
  );
}

export function Failure({ onAgain }: { onAgain: () => void }) {
  const t = useTranslations("errors");
  return (
    <Middle picture={<EmptyBerth sunk />} title={t("failed")} text={t("failedText")}>
      <Button variant="primary" onClick={onAgain}>
        {t("again")}
      </Button>
    </Middle>
  );
}
