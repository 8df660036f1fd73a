import { byteText, joinBytes } from "../files/bytes";

/** Escapes as `echo -e` and `%b` know them; `\c` ends the output. */
export function unescapeEcho(text: string): { text: string; stop: boolean } {
  let stop = false;
  const result = text.replace(
    /\\(?:0([0-7]{0,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|(c)[\s\S]*|([\s\S]))/g,
    (all, octal, hex, four, eight, end, char) => {
      if (end) {
        stop = true;
        return "";
      }
      if (octal !== undefined) return byteText(Number.parseInt(octal || "0", 8) & 255);
      if (hex !== undefined) return byteText(Number.parseInt(hex, 16));
      const code = four ?? eight;
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      return ESCAPES[char] ?? all;
    },
  );
  return { text: joinBytes(result), stop };
}

const ESCAPES: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  e: "\x1b",
  E: "\x1b",
  "\\": "\\",
};
