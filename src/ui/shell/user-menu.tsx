"use client";

import { CircleUser, Languages, LogOut, Monitor, Moon, Settings2, ShieldCheck, Sun, UserPlus } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type Language, languageNames, languages } from "@/i18n/languages";
import { useMe, useSignOut } from "../data/me";
import { buttonClass } from "../design/button";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from "../design/menu";
import { type Theme, useSetLanguage, useTheme } from "./preferences";

/** Who one is, the language, the theme, and the way out. */
export function UserMenu() {
  const t = useTranslations("menu");
  const me = useMe();
  const signOut = useSignOut();
  return (
    <div className="flex items-center gap-1">
      <LanguageMenu />
      <Menu>
        <MenuTrigger className={buttonClass("ghost", "sm", "px-2!")} aria-label={t("label")} data-testid="user-menu">
          {me ? <CircleUser className="size-4.5" aria-hidden /> : <Settings2 className="size-4.5" aria-hidden />}
          {me ? <span className="max-w-32 truncate max-md:hidden">{me.name}</span> : null}
        </MenuTrigger>
        <MenuContent>
          {me ? <MenuLabel>{me.isGuest ? t("guest", { name: me.name }) : me.name}</MenuLabel> : null}
          {me?.isGuest ? (
            <MenuItem asChild>
              <Link href="/sign-up">
                <UserPlus className="size-4 text-ink-3" aria-hidden />
                {t("keep")}
              </Link>
            </MenuItem>
          ) : null}
          {me?.isAdmin ? (
            <MenuItem asChild>
              <Link href="/admin">
                <ShieldCheck className="size-4 text-ink-3" aria-hidden />
                {t("admin")}
              </Link>
            </MenuItem>
          ) : null}
          <ThemeItems />
          {me ? (
            <>
              <MenuSeparator />
              <MenuItem onSelect={signOut} data-testid="sign-out">
                <LogOut className="size-4 text-ink-3" aria-hidden />
                {t("signOut")}
              </MenuItem>
            </>
          ) : null}
        </MenuContent>
      </Menu>
    </div>
  );
}

const themeIcons = { light: Sun, dark: Moon, system: Monitor };

function ThemeItems() {
  const t = useTranslations("menu");
  const [theme, setTheme] = useTheme();
  return (
    <>
      <MenuLabel>{t("theme")}</MenuLabel>
      <MenuRadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
        {(["light", "dark", "system"] as const).map((one) => {
          const Icon = themeIcons[one];
          return (
            <MenuRadioItem key={one} value={one} data-testid={`theme-${one}`}>
              <span className="flex items-center gap-2">
                <Icon className="size-4 text-ink-3" aria-hidden />
                {t(one)}
              </span>
            </MenuRadioItem>
          );
        })}
      </MenuRadioGroup>
    </>
  );
}

export function LanguageMenu() {
  const t = useTranslations("menu");
  const language = useLocale();
  const setLanguage = useSetLanguage();
  return (
    <Menu>
      <MenuTrigger
        className={buttonClass("ghost", "sm", "px-2!")}
        aria-label={t("language")}
        data-testid="language-menu"
      >
        <Languages className="size-4.5" aria-hidden />
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup value={language} onValueChange={(value) => setLanguage(value as Language)}>
          {languages.map((one) => (
            <MenuRadioItem key={one} value={one} lang={one} data-testid={`language-${one}`}>
              {languageNames[one]}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
