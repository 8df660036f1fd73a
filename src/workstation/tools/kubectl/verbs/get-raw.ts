import type { Call } from "../command";
import { CliError } from "../errors";

/** `--raw`: what the server answers, as it stands. */
export async function printRaw(call: Call): Promise<number> {
  const { session, flags, args } = call;
  const raw = flags.text("raw");
  if (args.length > 0) throw new CliError("arguments may not be passed when --raw is specified");
  const more = ["watch", "watch-only"].some((name) => flags.bool(name)) || flags.text("selector");
  if (more)
    throw new CliError(
      "--raw may not be specified with other flags that filter the server request or alter the output",
    );
  if (flags.text("output")) throw new CliError("--raw and --output are mutually exclusive");
  if (!raw.startsWith("/"))
    throw new CliError(`--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`);
  const [path, search = ""] = raw.split("?") as [string, string?];
  const query = Object.fromEntries(
    search
      .split("&")
      .filter(Boolean)
      .map((pair) => {
        const [key, value = ""] = pair.split("=");
        return [decodeURIComponent(key!), decodeURIComponent(value)];
      }),
  );
  const body = await session.client.request("GET", path, { query, plain: true });
  session.out(typeof body === "string" ? body : `${JSON.stringify(body)}\n`);
  return 0;
}
