export interface ParsedUrl {
  scheme: "http" | "https";
  user?: string;
  password?: string;
  host: string;
  port: number;
  /** Whether the URL named the port (or it is not the scheme's own): then the Host header does too. */
  path: string;
}

/** As curl reads addresses: a missing scheme is http, a missing path is `/`. Undefined where it cannot be read. */
export function parseUrl(text: string): ParsedUrl | { unsupported: string } | undefined {
  const match =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^/@:]*)(?::([^/@]*))?@)?(\[[0-9A-Fa-f:.]+\]|[^/:?#[\] ]+)(?::(\d*))?([/?#].*)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const scheme = (match[1] ?? "http").toLowerCase();
  if (scheme !== "http" && scheme !== "https") return { unsupported: scheme };
  const port = match[5] ? Number(match[5]) : scheme === "https" ? 443 : 80;
  if (port > 65_535) return undefined;
  let path = (match[6] ?? "/").replace(/#.*$/, "");
  if (!path.startsWith("/")) path = `/${path}`;
  return {
    scheme,
    host: match[4]!.replace(/^\[|\]$/g, ""),
    port,
    path,
    ...(match[2] !== undefined && { user: decodeURIComponent(match[2]) }),
    ...(match[3] !== undefined && { password: decodeURIComponent(match[3]) }),
  };
}

/** The Host header: with the port unless it is the scheme's own. */
export function hostHeader({ scheme, host, port }: ParsedUrl): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return port === (scheme === "https" ? 443 : 80) ? name : `${name}:${port}`;
}

/** Where a Location header leads from `base`. */
export function redirect(base: ParsedUrl, location: string): string {
  if (/^https?:\/\//.test(location)) return location;
  const origin = `${base.scheme}://${hostHeader(base)}`;
  if (location.startsWith("/")) return origin + location;
  return `${origin}${base.path.replace(/[^/]*(\?.*)?$/, "")}${location}`;
}
