/** What Go's encoding/json says of a text that is no JSON; undefined of one that is. */
export function jsonComplaint(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const first = text.trimStart()[0];
    const wrongStart = first !== undefined && !/[[{"\-0-9tfn]/.test(first);
    return wrongStart ? `invalid character '${first}' looking for beginning of value` : "unexpected end of JSON input";
  }
}
