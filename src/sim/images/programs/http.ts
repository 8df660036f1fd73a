import { byteLength } from "@/posix/files/bytes";
import { civil, monthName, weekdayName } from "../../kernel/time";
import type { HttpRequest, HttpResponse } from "../../network/types";

const pad = (value: number) => String(value).padStart(2, "0");

/** `Wed, 19 Oct 2016 15:22:34 GMT`: dates in HTTP headers. `zone` is `UTC` where Go prints time.RFC1123. */
export function httpDate(timeMs: number, zone = "GMT"): string {
  const t = civil(timeMs);
  const clock = `${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}`;
  return `${weekdayName(t.weekday)}, ${pad(t.day)} ${monthName(t.month)} ${t.year} ${clock} ${zone}`;
}

/** `2016/10/19 15:04:10`: Go's log package and nginx's error log. */
export function logTime(timeMs: number): string {
  const t = civil(timeMs);
  return `${t.year}/${pad(t.month)}/${pad(t.day)} ${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}`;
}

/** `19/Oct/2016:15:22:34 +0000`: the common log format. */
export function commonLogTime(timeMs: number): string {
  const t = civil(timeMs);
  return `${pad(t.day)}/${monthName(t.month)}/${t.year}:${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)} +0000`;
}

export function header(message: { headers: [string, string][] }, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return message.headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

export function splitTarget(path: string): { path: string; query: string } {
  const mark = path.indexOf("?");
  return mark < 0 ? { path, query: "" } : { path: path.slice(0, mark), query: path.slice(mark + 1) };
}

export function queryParameter(query: string, name: string): string | undefined {
  for (const pair of query.split("&")) {
    const [key = "", ...value] = pair.split("=");
    if (decode(key) === name) return decode(value.join("="));
  }
  return undefined;
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** An answer as Go's net/http gives it: HEAD gets the same headers and no body. */
export function goResponse(
  nowMs: number,
  request: HttpRequest,
  status: number,
  body: string,
  contentType = "text/plain; charset=utf-8",
  more: [string, string][] = [],
): HttpResponse {
  const headers: [string, string][] = [...more];
  if (body !== "") headers.push(["Content-Type", contentType]);
  headers.push(["Date", httpDate(nowMs)], ["Content-Length", String(byteLength(body))]);
  return { status, headers, body: request.method === "HEAD" ? "" : body };
}

/** http.Error of Go. */
export function goError(nowMs: number, request: HttpRequest, status: number, message: string): HttpResponse {
  return goResponse(nowMs, request, status, `${message}\n`, undefined, [["X-Content-Type-Options", "nosniff"]]);
}
