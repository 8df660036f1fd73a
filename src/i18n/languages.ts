/** Languages of the interface, as cookies and `lang` name them. English is what others fall back to. */
export const languages = ["en", "zh-TW", "zh-CN"] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: "English", "zh-TW": "繁體中文", "zh-CN": "简体中文" };

export const LANGUAGE_COOKIE = "podium-language";
export const THEME_COOKIE = "podium-theme";

export const isLanguage = (value: string | undefined): value is Language => languages.includes(value as Language);

/** What the visitor chose, else the first language of the browser's that we speak. */
export function chooseLanguage(cookie: string | undefined, acceptLanguage: string | null): Language {
  if (isLanguage(cookie)) return cookie;
  for (const wish of (acceptLanguage ?? "").split(",")) {
    const tag = (wish.split(";")[0] ?? "").trim().toLowerCase();
    if (tag === "zh-cn" || tag === "zh-sg" || tag.startsWith("zh-hans")) return "zh-CN";
    if (tag.startsWith("zh")) return "zh-TW";
    if (tag.startsWith("en")) return "en";
  }
  return "en";
}
