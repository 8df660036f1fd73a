import type { Call, Command } from "../command";
import { ApiError, CliError, isConflict, isNotFound, withSource } from "../errors";
import { FILE_FLAGS, manager, selector } from "../flags/groups";
import { array, bool, int } from "../flags/spec";
import { withoutManagedFields } from "../printers/output";
import { printYaml } from "../printers/yaml";
import { loadFiles } from "../resource/files";
import { collectionOf, type Info, pathOf, typed } from "../resource/info";
import { matchesLabels } from "../resource/labels";
import { withLastApplied } from "../resource/submit";
import { patchOf } from "./apply/client-side";
import { allowlistOf, prunable, Visited } from "./apply/prune";
import { serverSideManager } from "./apply/server-side";

/** An object that changes meanwhile is read again this often. */
const TRIES = 4;
/** What stands in place of a secret's values, so that it shows whether they differ. */
const MASK = { same: "***", before: "*** (before)", after: "*** (after)" };

interface Folders {
  live: string;
  merged: string;
}

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length > 0)
    throw new CliError(`Unexpected args: [${args.join(" ")}]\nSee 'kubectl diff -h' for help and examples`);
  if (flags.list("filename").length === 0 && !flags.text("kustomize"))
    throw new CliError("must specify one of -f and -k");
  if (flags.bool("force-conflicts") && !flags.bool("server-side"))
    throw new CliError("--force-conflicts only works with --server-side");
  const { files } = session.tool;
  const folders = { live: temporaryFolder(call, "LIVE"), merged: temporaryFolder(call, "MERGED") };
  try {
    await writeVersions(call, folders);
    return await runProgram(call, folders);
  } finally {
    for (const folder of Object.values(folders)) files.remove(folder, { recursive: true });
  }
}

function temporaryFolder({ session }: Call, prefix: string): string {
  const folder = `/tmp/${prefix}-${Math.floor(session.tool.random() * 4_000_000_000)}`;
  session.tool.files.makeDirectory(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function writeVersions(call: Call, folders: Folders): Promise<void> {
  const { session, flags } = call;
  const allowed = flags.bool("prune") ? await allowlistOf(call) : [];
  const loaded = await loadFiles(session, flags);
  if (loaded.errors[0]) throw loaded.errors[0];
  const visited = new Visited();
  for (const info of loaded.infos) {
    if (!matchesLabels(flags.text("selector"), info.object.metadata?.labels ?? {})) continue;
    await writeObject(call, info, folders, visited);
  }
  if (!flags.bool("prune")) return;
  for (const info of await prunable(call, visited, allowed)) write(call, folders.live, info, info.object);
}

async function writeObject(call: Call, info: Info, folders: Folders, visited: Visited): Promise<void> {
  const { session } = call;
  for (let attempt = 1; ; attempt++) {
    let live: any;
    try {
      live = typed(info.resource, await session.client.get(pathOf(info)));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    visited.mark(info, live);
    try {
      const merged = typed(info.resource, await mergedOf(call, info, live));
      const shown = call.flags.bool("show-managed-fields")
        ? [live, merged]
        : [live && withoutManagedFields(live), withoutManagedFields(merged)];
      const [before, after] =
        merged.kind === "Secret" && merged.apiVersion === "v1" ? maskSecret(shown[0], shown[1]) : shown;
      write(call, folders.live, info, before);
      write(call, folders.merged, info, after);
    } catch (error) {
      if (isConflict(error) && attempt < TRIES) continue;
      throw error;
    }
    if (live?.metadata?.deletionTimestamp)
      session.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
    return;
  }
}

/** The object as it would be after an apply: the server tells, without keeping it. */
async function mergedOf(call: Call, info: Info, live: any): Promise<any> {
  const { session, flags } = call;
  if (flags.bool("server-side")) {
    const query = {
      dryRun: "All",
      fieldManager: serverSideManager(call),
      force: String(flags.bool("force-conflicts")),
    };
    const headers = { "content-type": "application/apply-patch+yaml" };
    return session.client.request("PATCH", pathOf(info), { headers, query, body: info.object });
  }
  const query = { dryRun: "All", fieldManager: flags.text("field-manager") };
  if (!live) return session.client.request("POST", collectionOf(info), { query, body: info.object });
  const { patch, contentType } = patchOf(info, withLastApplied(info.object, false), live);
  if (Object.keys(patch).length === 0) return live;
  patch.metadata = { ...patch.metadata, resourceVersion: live.metadata.resourceVersion };
  try {
    return await session.client.request("PATCH", pathOf(info), {
      headers: { "content-type": contentType },
      query,
      body: patch,
    });
  } catch (error) {
    throw error instanceof ApiError && !isConflict(error) ? withSource("patching", info.source, error) : error;
  }
}

function maskSecret(live: any, merged: any): [any, any] {
  const [from, to] = [{ ...live?.data }, { ...merged.data }];
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const changed = key in from && key in to && from[key] !== to[key];
    if (key in from) from[key] = changed ? MASK.before : MASK.same;
    if (key in to) to[key] = changed ? MASK.after : MASK.same;
  }
  // A Secret that is not there yet is written as the null that the masking makes of it.
  return [live?.data ? { ...live, data: from } : (live ?? null), merged.data ? { ...merged, data: to } : merged];
}

function write({ session }: Call, folder: string, { resource, namespace, name }: Info, object: any): void {
  const file = `${resource.group ? `${resource.group}.` : ""}${resource.version}.${resource.kind}.${namespace ?? ""}.${name}`;
  session.tool.files.writeFile(`${folder}/${file}`, object === undefined ? "" : printYaml(object), 0o700);
}

/** `diff -u -N`, or what `$KUBECTL_EXTERNAL_DIFF` names, its options reduced to harmless ones. */
async function runProgram({ session }: Call, { live, merged }: Folders): Promise<number> {
  const { tool } = session;
  const [program, ...options] = (tool.env.KUBECTL_EXTERNAL_DIFF || "diff -u -N").split(" ");
  const argv = [program!, ...options.filter((word) => /^[a-zA-Z0-9-=]+$/.test(word)), live, merged];
  await session.flush();
  let code: number;
  if (tool.env.KUBECTL_EXTERNAL_DIFF) code = await tool.wait(tool.run(argv, { stderr: () => {} }));
  else code = await tool.wait(tool.run(argv));
  if (code === 127) throw new CliError(`failed to run ${JSON.stringify(program)}: executable file not found in $PATH`);
  if (code > 1) throw new CliError(`failed to run ${JSON.stringify(program)}: exit status ${code}`);
  return code;
}

export const diff: Command = {
  name: "diff",
  use: "diff -f FILENAME",
  short: "Diff the live version against a would-be applied version",
  long: `Show what an apply of these files would change. The server is asked for the result without keeping it, and both versions are handed to a program: "diff -u -N", or what KUBECTL_EXTERNAL_DIFF names.\n\nExit code 0: no differences. 1: differences. Above: something failed.`,
  examples: `# What a file would change
kubectl diff -f pod.json

# From standard input
cat service.yaml | kubectl diff -f -`,
  flags: [
    int("concurrency", { default: "1" }),
    manager("kubectl-client-side-apply"),
    ...FILE_FLAGS,
    bool("force-conflicts"),
    bool("prune"),
    array("prune-allowlist"),
    selector,
    bool("server-side"),
    bool("show-managed-fields"),
  ],
  run,
  complete: "none",
  errorsAdd: 1,
};
