import { FileError } from "@/posix/files/file-system";
import { dirname } from "@/posix/files/path";
import { canonicalJson, clone, deepEqual, deepFreeze } from "../../../kernel/freeze";
import type { Listener, ProgramContext } from "../../program";
import { compile } from "./compile";
import type { Configuration } from "./configuration";
import { type Environment, errnoText, type Loaded, liveEnvironment, replayEnvironment } from "./environment";
import { errorLine, type Output, openLogError, writeLog } from "./logs";
import { ConfigError } from "./read-config";

export const ERROR_LOG = "/var/log/nginx/error.log";
/** Compiled configurations at hand; others are compiled again from what the state holds. */
const CACHE_LIMIT = 200;

const compiled = new WeakMap<Loaded, Configuration>();
const byContent = new Map<string, Configuration>();

export function configurationOf(loaded: Loaded): Configuration {
  let configuration = compiled.get(loaded);
  if (configuration) return configuration;
  const key = canonicalJson(loaded);
  configuration = byContent.get(key) ?? compile(replayEnvironment(loaded));
  if (byContent.size >= CACHE_LIMIT) byContent.delete(byContent.keys().next().value!);
  byContent.set(key, configuration);
  compiled.set(loaded, configuration);
  return configuration;
}

/** What was compiled last, for the next server that finds the same files: a Deployment starts many alike. */
let last: { loaded: Loaded; configuration: Configuration } | undefined;

function compileOnce(environment: Environment, loaded: Loaded): Configuration {
  if (last && readsTheSame(environment, loaded, last.loaded)) return last.configuration;
  const configuration = compile(environment);
  last = { loaded: deepFreeze(clone(loaded)), configuration };
  return configuration;
}

/** Reads again what an earlier configuration was made of, up to the first difference. */
function readsTheSame(environment: Environment, loaded: Loaded, before: Loaded): boolean {
  if (before.version !== loaded.version || before.globals !== loaded.globals || before.path !== loaded.path)
    return false;
  // Names are looked up as they come: their answers, and the order of chance, depend on when.
  if (Object.keys(before.names).length > 0) return false;
  const same =
    Object.keys(before.files).every((file) => {
      environment.readFile(file);
      return deepEqual(loaded.files[file], before.files[file]);
    }) && Object.keys(before.globs).every((pattern) => deepEqual(environment.glob(pattern), before.globs[pattern]));
  if (!same) {
    loaded.files = {};
    loaded.globs = {};
  }
  return same;
}

export interface LoadError {
  message: string;
  level: string;
}

export function loadConfiguration(
  context: ProgramContext,
  version: string,
  globals: string,
  path: string,
): { loaded: Loaded; configuration: Configuration } | LoadError {
  const { environment, loaded } = liveEnvironment(context, version, globals, path);
  try {
    const configuration = compileOnce(environment, loaded);
    for (const file of configuration.logFiles) {
      const trouble = openLogError(context, file);
      if (trouble) return { message: trouble, level: "emerg" };
    }
    return { loaded, configuration };
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** nginx tells its error log and its standard error; in the images both are the container's. */
export function complaint(context: ProgramContext, error: LoadError, pid = 1): string {
  const output: Output = { stdout: "", stderr: "" };
  writeLog(context, ERROR_LOG, errorLine(context.nowMs, error.level, error.message, pid), output);
  return `${output.stderr}nginx: [${error.level}] ${error.message}\n`;
}

/** The directories and the pid file that nginx makes when it starts. */
export function prepareFiles(context: ProgramContext, configuration: Configuration): string | undefined {
  const { files } = context;
  try {
    files.makeDirectory("/var/cache/nginx/client_temp", { recursive: true });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code !== "EEXIST") return `mkdir() "/var/cache/nginx/client_temp" failed ${errnoText(error.code)}`;
  }
  try {
    files.makeDirectory(dirname(configuration.pidPath), { recursive: true });
    files.writeFile(configuration.pidPath, "1\n");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code !== "EEXIST") return `open() "${configuration.pidPath}" failed ${errnoText(error.code)}`;
  }
  return undefined;
}

export function listenersOf(configuration: Configuration): Listener[] {
  const all = new Map<number, Listener>();
  for (const server of configuration.servers) {
    for (const { port, address } of server.listens) {
      const known = all.get(port);
      if (!known || known.address?.startsWith("127.")) all.set(port, { port, address });
    }
  }
  return [...all.values()];
}

/** Spares compiling again what was just compiled. */
export function remember(loaded: Loaded, configuration: Configuration): void {
  compiled.set(loaded, configuration);
}
