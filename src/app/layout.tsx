import "@fontsource-variable/source-sans-3";
import "@fontsource/ibm-plex-mono/latin-400.css";
import "@fontsource/ibm-plex-mono/latin-500.css";
import "@fontsource/ibm-plex-mono/latin-700.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { chooseLanguage, LANGUAGE_COOKIE, THEME_COOKIE } from "@/i18n/languages";
import { loadMessages } from "@/i18n/load-messages";
import { Providers } from "@/ui/shell/providers";

export const metadata: Metadata = {
  title: { default: "Podium", template: "%s · Podium" },
  description: "Kubernetes as a multiplayer game: your own cluster, a real shell, challenges that grade themselves.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f3f6f8" },
    { media: "(prefers-color-scheme: dark)", color: "#07131d" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const language = chooseLanguage(jar.get(LANGUAGE_COOKIE)?.value, (await headers()).get("accept-language"));
  const theme = jar.get(THEME_COOKIE)?.value;
  return (
    <html
      lang={language}
      data-theme={theme === "light" || theme === "dark" ? theme : undefined}
      suppressHydrationWarning
    >
      <body className="min-h-dvh bg-page text-ink">
        <Providers language={language} messages={await loadMessages(language)}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
