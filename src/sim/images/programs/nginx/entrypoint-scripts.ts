import { FileError } from "@/posix/files/file-system";
import { basename, dirname } from "@/posix/files/path";
import { DEFAULT_SERVER } from "../../data/nginx-files";
import type { ProgramContext } from "../../program";
import { globFiles } from "./environment";

/** What /docker-entrypoint.sh of the images since 1.19 does before nginx starts, and what it tells. */

const DEFAULT_CONF = "/etc/nginx/conf.d/default.conf";
const SELF = "/docker-entrypoint.sh";
const IPV6 = "10-listen-on-ipv6-by-default.sh";
const ENVSUBST = "20-envsubst-on-templates.sh";

export function runEntrypoint(context: ProgramContext, minor: number): string {
  if (context.env.NGINX_ENTRYPOINT_QUIET_LOGS) return "";
  const lines = [
    `${SELF}: /docker-entrypoint.d/ is not empty, will attempt to perform configuration`,
    `${SELF}: Looking for shell scripts in /docker-entrypoint.d/`,
    `${SELF}: Launching /docker-entrypoint.d/${IPV6}`,
    ...listenOnIpv6(context),
    ...(minor >= 23 ? [`${SELF}: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh`] : []),
    `${SELF}: Launching /docker-entrypoint.d/${ENVSUBST}`,
    ...fillTemplates(context),
    ...(minor >= 20 ? [`${SELF}: Launching /docker-entrypoint.d/30-tune-worker-processes.sh`] : []),
    `${SELF}: Configuration complete; ready for start up`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function listenOnIpv6(context: ProgramContext): string[] {
  const { files } = context;
  const info = (text: string) => `${IPV6}: info: ${text}`;
  if (files.stat(DEFAULT_CONF)?.type !== "file") return [info(`${DEFAULT_CONF} is not a file or does not exist`)];
  let text: string;
  try {
    text = files.readFile(DEFAULT_CONF);
    files.touch(DEFAULT_CONF, context.nowMs);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [info(`can not modify ${DEFAULT_CONF} (read-only file system?)`)];
  }
  if (text.includes("listen  [::]:80;")) return [info("IPv6 listen already enabled")];
  const checksum = info(`Getting the checksum of ${DEFAULT_CONF}`);
  if (text !== DEFAULT_SERVER) return [checksum, info(`${DEFAULT_CONF} differs from the packaged version`)];
  files.writeFile(DEFAULT_CONF, text.replace("    listen       80;\n", "    listen       80;\n    listen  [::]:80;\n"));
  return [checksum, info(`Enabled listen on IPv6 in ${DEFAULT_CONF}`)];
}

/** /etc/nginx/templates/*.template with `${NAME}` filled in from the environment. */
function fillTemplates(context: ProgramContext): string[] {
  const { files, env } = context;
  const lines: string[] = [];
  for (const template of globFiles(context, "/etc/nginx/templates/*.template")) {
    const output = `/etc/nginx/conf.d/${basename(template, ".template")}`;
    lines.push(`${ENVSUBST}: Running envsubst on ${template} to ${output}`);
    try {
      const text = files
        .readFile(template)
        .replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced, plain) => env[braced ?? plain] ?? whole);
      files.makeDirectory(dirname(output), { recursive: true });
      files.writeFile(output, text);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      lines.push(`${ENVSUBST}: ERROR: ${template} exists, but /etc/nginx/conf.d is not writable`);
    }
  }
  return lines;
}
