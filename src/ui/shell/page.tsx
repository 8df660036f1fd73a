"use client";

import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMe } from "../data/me";
import { ButtonLink } from "../design/button";
import { Logo } from "../design/logo";
import { UserMenu } from "./user-menu";

export function SiteHeader({ clear }: { clear?: boolean }) {
  const t = useTranslations("nav");
  const me = useMe();
  const path = usePathname();
  const links = [
    { href: "/challenges", text: t("challenges") },
    { href: "/classes", text: t("classes") },
  ];
  return (
    <header className={clsx("relative z-20", clear ? "" : "border-line border-b bg-surface")}>
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-1 px-4 max-sm:gap-0 max-sm:px-3 sm:px-6">
        <Link href="/" className="mr-3 flex shrink-0 rounded-md max-sm:mr-1" aria-label="Podium">
          <Logo className="max-[420px]:[&]:text-[0px]" />
        </Link>
        <nav aria-label={t("label")} className="flex items-center">
          {links.map(({ href, text }) => (
            <Link
              key={href}
              href={href}
              aria-current={path.startsWith(href) ? "page" : undefined}
              className="rounded-md px-2.5 py-1.5 font-medium max-sm:px-1.5 text-ink-2 hover:text-ink aria-[current=page]:text-accent-text"
            >
              {text}
            </Link>
          ))}
        </nav>
        <span className="flex-1" />
        <UserMenu />
        {me === null ? (
          <ButtonLink href="/sign-in" size="sm" className="ml-1" data-testid="sign-in-link">
            {t("signIn")}
          </ButtonLink>
        ) : null}
      </div>
    </header>
  );
}

/** A page with the site's header, a title and what can be done here. */
export function Page({
  title,
  lead,
  actions,
  children,
  className,
}: {
  title?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main className={clsx("mx-auto w-full max-w-6xl flex-1 px-4 py-8 sm:px-6", className)}>
        {title ? (
          <div className="mb-6 flex flex-wrap items-end gap-x-4 gap-y-3">
            <div className="min-w-0">
              <h1 className="font-bold text-3xl tracking-tight">{title}</h1>
              {lead ? <p className="mt-1 max-w-2xl text-ink-2 text-lg">{lead}</p> : null}
            </div>
            {actions ? <div className="ml-auto flex flex-wrap gap-2">{actions}</div> : null}
          </div>
        ) : null}
        {children}
      </main>
    </div>
  );
}
