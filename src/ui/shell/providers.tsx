"use client";

import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import type { Language } from "@/i18n/languages";
import type { Messages } from "@/i18n/load-messages";
import { DataProvider } from "../data/trpc";
import { Toaster } from "../design/toast";
import { TooltipProvider } from "../design/tooltip";
import { Notices } from "./notices";

export function Providers({
  language,
  messages,
  children,
}: {
  language: Language;
  messages: Messages;
  children: ReactNode;
}) {
  return (
    <NextIntlClientProvider locale={language} messages={messages} timeZone="UTC">
      <DataProvider>
        <TooltipProvider delayDuration={400}>
          {children}
          <Notices />
          <Toaster />
        </TooltipProvider>
      </DataProvider>
    </NextIntlClientProvider>
  );
}
