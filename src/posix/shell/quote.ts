/** A word that the shell reads back as `text`. `always`: quotes where none are needed, as `${x@Q}` and `declare -p` do. */
export function quote(text: string, always = false): string {
  if (/[\0-\x08\x0b-\x1f\x7f\n\t]/.test(text))
    return `$'${text.replace(/[\\'\0-\x1f\x7f]/g, (char) => NAMED[char] ?? `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`)}'`;
  if (!always && /^[A-Za-z0-9_@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As `printf %q`: a backslash before each special character. */
export function quoteBackslash(text: string): string {
  if (text === "") return "''";
  if (/[\0-\x1f\x7f]/.test(text)) return quote(text, true);
  return text.replace(/[^A-Za-z0-9_@%+=:,./\u0080-\uffff-]/g, "\\$&");
}

const NAMED: Record<string, string> = {
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\x07": "\\a",
  "\b": "\\b",
  "\x1b": "\\E",
  "\\": "\\\\",
  "'": "\\'",
  "\f": "\\f",
  "\v": "\\v",
};
