"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { LANGUAGE_COOKIE, type Language, THEME_COOKIE } from "@/i18n/languages";

export type Theme = "light" | "dark" | "system";

const YEAR_SECONDS = 365 * 24 * 3600;

function setCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** The theme stands on <html>, set by the server from a cookie, so that no page flashes. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => setTheme((document.documentElement.dataset.theme as Theme | undefined) ?? "system"), []);
  return [
    theme,
    (next) => {
      setTheme(next);
      setCookie(THEME_COOKIE, next);
      if (next === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = next;
    },
  ];
}

export function useSetLanguage(): (language: Language) => void {
  const router = useRouter();
  return (language) => {
    setCookie(LANGUAGE_COOKIE, language);
    document.documentElement.lang = language;
    router.refresh();
  };
}
