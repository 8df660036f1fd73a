import { byteLength } from "@/posix/files/bytes";
import { FileError } from "@/posix/files/file-system";
import { basename, resolvePath } from "@/posix/files/path";
import type { Tool, ToolContext } from "../tool";
import { type CurlOptions, CurlUsageError, parseCurl } from "./options";
import { CURL_VERSION, CurlError, statusLine, type Transfer, transfer } from "./transfer";
import { parseUrl } from "./url";
import { writeOut } from "./write-out";

const HELP = `Usage: curl [options...] <url>
 -d, --data <data>          Send this as the body of a POST
 -f, --fail                 Fail fast with no output on HTTP errors
 -H, --header <header>      Add a header to the request
 -i, --include              Show response headers in the output
 -I, --head                 Ask for headers only
 -k, --insecure             Take any certificate
 -L, --location             Follow redirects
 -m, --max-time <seconds>   Give up after this long
 -o, --output <file>        Write to a file instead of stdout
 -s, --silent               Say nothing of progress and errors
 -u, --user <user:password> Name and password for basic authentication
 -v, --verbose              Show what is sent and received
 -w, --write-out <format>   What to print after completion
 -X, --request <method>     The request's method
     --cacert <file>        Certificates to verify the server with
     --connect-timeout <seconds>  How long a connection may take
     --resolve <host:port:addr>   Take this address for the host
`;

const PROGRESS = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;

/** curl of Debian 12, as far as a learner of services, secrets and TLS needs it. */
export const curl: Tool = {
  name: "curl",
  async run(context) {
    try {
      return await run(parseCurl(context.argv), context);
    } catch (error) {
      if (!(error instanceof CurlUsageError)) throw error;
      context.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
  },
};

async function run(options: CurlOptions, context: ToolContext): Promise<number> {
  if (options.version) {
    await context.stdout.write(
      `curl ${CURL_VERSION} (x86_64-pc-linux-gnu) libcurl/${CURL_VERSION} OpenSSL/3.0.17\nProtocols: http https\nFeatures: HTTPS SSL\n`,
    );
    return 0;
  }
  if (options.help) {
    await context.stdout.write(HELP);
    return 0;
  }
  if (options.urls.length === 0)
    throw new CurlUsageError(
      "curl: no URL specified!\ncurl: try 'curl --help' or 'curl --manual' for more information",
    );
  if (options.user !== undefined && !options.user.includes(":"))
    options.user = `${options.user}:${await askPassword(options.user, context)}`;
  let exitCode = 0;
  for (const url of options.urls) {
    const code = await fetchOne(url, options, context);
    if (code !== 0) exitCode = code;
  }
  return exitCode;
}

async function askPassword(user: string, context: ToolContext): Promise<string> {
  const prompt = `Enter host password for user '${user}':`;
  const typed = await context.readPassword(prompt);
  if (typed !== undefined) return typed;
  context.stderr.write(`${prompt}\n`);
  return (await context.stdin.readLine()) ?? "";
}

async function fetchOne(url: string, options: CurlOptions, context: ToolContext): Promise<number> {
  const toFile = options.remoteName
    ? basename((parseUrl(url) as { path?: string } | undefined)?.path?.replace(/\?.*/, "") ?? "")
    : options.output;
  if (toFile === "") {
    context.stderr.write("curl: Remote file name has no length!\n");
    return 23;
  }
  const meter = !options.silent && !options.verbose && (toFile !== undefined ? toFile !== "-" : !context.isTty(1));
  for (let attempt = 0; ; attempt++) {
    try {
      const done = await transfer(url, options, context);
      if (attempt < options.retries && [408, 429, 500, 502, 503, 504].includes(done.response.status)) {
        await context.sleep(options.retryDelayMs);
        continue;
      }
      if (meter) context.stderr.write(PROGRESS + meterLine(done));
      return await deliver(done, options, context, toFile);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      if (attempt < options.retries && [7, 28, 52, 56].includes(error.exitCode)) {
        await context.sleep(options.retryDelayMs);
        continue;
      }
      if (meter)
        context.stderr.write(
          `${PROGRESS}  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\n`,
        );
      if (!options.silent || options.showError) context.stderr.write(`curl: (${error.exitCode}) ${error.message}\n`);
      if (options.writeOut) await context.stdout.write(writeOut(options.writeOut, undefined, error.exitCode));
      return error.exitCode;
    }
  }
}

async function deliver(
  done: Transfer,
  options: CurlOptions,
  context: ToolContext,
  toFile: string | undefined,
): Promise<number> {
  const { response } = done;
  const failed = options.fail !== "no" && response.status >= 400;
  const head = [statusLine(response), ...response.headers.map(([name, value]) => `${name}: ${value}`), "", ""].join(
    "\r\n",
  );
  const body = options.head || (failed && options.fail === "yes") ? "" : response.body;
  const output = (options.include || options.head ? head : "") + body;
  try {
    if (options.dumpHeader === "-") await context.stdout.write(head);
    else if (options.dumpHeader) context.files.writeFile(resolvePath(context.cwd, options.dumpHeader), head);
    if (toFile && toFile !== "-") writeTo(toFile, output, context);
    else await context.stdout.write(output);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    context.stderr.write(`curl: (23) Failure writing output to destination: ${error.message}\n`);
    return 23;
  }
  if (options.verbose) context.stderr.write(`* Connection #0 to host ${done.url.host} left intact\n`);
  if (failed && (!options.silent || options.showError))
    context.stderr.write(`curl: (22) The requested URL returned error: ${response.status}\n`);
  const exitCode = failed ? 22 : 0;
  if (options.writeOut) await context.stdout.write(writeOut(options.writeOut, done, exitCode));
  return exitCode;
}

function writeTo(file: string, content: string, context: ToolContext): void {
  const path = resolvePath(context.cwd, file);
  if (path !== "/dev/null") context.files.writeFile(path, content);
}

function meterLine(done: Transfer): string {
  const size = String(byteLength(done.response.body));
  const speed = Math.round((byteLength(done.response.body) * 1000) / Math.max(1, done.totalMs));
  return `100 ${size.padStart(5)}  100 ${size.padStart(5)}    0 ${String(done.sentBytes).padStart(5)} ${String(speed).padStart(6)}      0 --:--:-- --:--:-- --:--:-- ${String(speed).padStart(5)}\n`;
}
