import { expect, it } from "vitest";
import { chooseLanguage } from "./languages";
import en from "./messages/en.json";
import zhCN from "./messages/zh-CN.json";
import zhTW from "./messages/zh-TW.json";

type Node = { [key: string]: string | Node };

function entries(node: Node, path = ""): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : entries(value, `${path}${key}.`),
  );
}

/** `{count}` and `{count, plural, …}` both name `count`. */
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))].sort();

it.each([
  ["zh-TW", zhTW],
  ["zh-CN", zhCN],
])("%s says everything that English says, with the same placeholders", (_, messages) => {
  const shape = (node: Node) => entries(node).map(([key, text]) => `${key}(${placeholders(text)})`);
  expect(shape(messages)).toEqual(shape(en));
});

it.each([
  ["zh-TW", null, "zh-TW"],
  [undefined, "zh-HK,zh;q=0.9", "zh-TW"],
  [undefined, "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  [undefined, "de-DE,de;q=0.9,en;q=0.8", "en"],
  ["tlh", "fr", "en"],
])("cookie %s and header %s choose %s", (cookie, header, language) => {
  expect(chooseLanguage(cookie, header)).toBe(language);
});
