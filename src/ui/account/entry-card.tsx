"use client";

import type { ReactNode } from "react";
import { Card } from "../design/card";
import { SiteHeader } from "../shell/page";

/** One form in the middle of a quiet page. */
export function EntryCard({
  title,
  lead,
  children,
  below,
}: {
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main className="flex flex-1 flex-col items-center px-4 pt-[10vh] pb-16">
        <Card className="w-full max-w-md p-6 sm:p-8">
          <h1 className="font-bold text-2xl tracking-tight">{title}</h1>
          {lead ? <p className="mt-1 text-ink-2">{lead}</p> : null}
          <div className="mt-6">{children}</div>
        </Card>
        {below ? <div className="mt-5 text-center text-ink-2">{below}</div> : null}
      </main>
    </div>
  );
}
