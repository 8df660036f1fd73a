import type { Language } from "./languages";
import type en from "./messages/en.json";

export type Messages = typeof en;

const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  en: () => import("./messages/en.json"),
  "zh-TW": () => import("./messages/zh-TW.json"),
  "zh-CN": () => import("./messages/zh-CN.json"),
};

export async function loadMessages(language: Language): Promise<Messages> {
  return (await loaders[language]()).default;
}
