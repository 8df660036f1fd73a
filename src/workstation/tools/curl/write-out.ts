import { byteLength } from "@/posix/files/bytes";
import type { Transfer } from "./transfer";

const seconds = (ms: number) => (ms / 1000).toFixed(6);

/** The `-w` format: `%{http_code}`, `%{time_total}`, `\n`, … Unknown variables stay as they are. */
export function writeOut(format: string, done: Transfer | undefined, exitCode: number): string {
  const variables: Record<string, string> = {
    http_code: String(done?.response.status ?? 0).padStart(3, "0"),
    response_code: String(done?.response.status ?? 0).padStart(3, "0"),
    http_version: done ? "1.1" : "0",
    size_download: String(done ? byteLength(done.response.body) : 0),
    size_upload: String(done?.sentBytes ?? 0),
    size_header: String(
      done ? done.response.headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 19) : 0,
    ),
    time_total: seconds(done?.totalMs ?? 0),
    time_connect: seconds(done?.connectMs ?? 0),
    time_namelookup: seconds(0),
    time_starttransfer: seconds(done?.totalMs ?? 0),
    time_appconnect: seconds(done?.url.scheme === "https" ? done.connectMs : 0),
    time_redirect: seconds(0),
    num_redirects: String(done?.redirects ?? 0),
    num_connects: done ? "1" : "0",
    url_effective: done?.effectiveUrl ?? "",
    remote_ip: done?.remoteAddress ?? "",
    remote_port: String(done?.url.port ?? 0),
    content_type: done?.response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "",
    redirect_url: done?.response.headers.find(([name]) => name.toLowerCase() === "location")?.[1] ?? "",
    scheme: (done?.url.scheme ?? "").toUpperCase(),
    method: "GET",
    exitcode: String(exitCode),
    errormsg: "",
    ssl_verify_result: "0",
  };
  return format
    .replace(/\\n/g, "\n")
    .replace(/\\t/g, "\t")
    .replace(/\\r/g, "\r")
    .replace(/%\{([a-z_]+)\}/g, (whole, name: string) => variables[name] ?? whole)
    .replace(/%%/g, "%");
}
