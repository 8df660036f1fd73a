import type { FileSystem } from "@/posix/files/file-system";
import { resolvePath } from "@/posix/files/path";
import type { Image } from "../../images/image";
import { programs } from "../../images/programs";

const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** The program that plays shells, scripts and all commands of a userland. */
export const SHELL_PROGRAM = "shell";

/** Which program plays `argv`, or why runc cannot execute it, in runc's words. */
export function findExecutable(
  image: Image,
  argv: readonly string[],
  files: FileSystem,
  process: { env: Readonly<Record<string, string>>; workingDirectory: string },
): { program: string } | { error: string } {
  const name = argv[0] ?? "";
  const path = name.includes("/")
    ? resolvePath(process.workingDirectory, name)
    : findInPath(name, files, process.env.PATH ?? DEFAULT_PATH);
  const stat = path === undefined ? undefined : files.stat(path);
  if (path === undefined) return { error: ociError(`exec: "${name}": executable file not found in $PATH`) };
  if (!stat) return { error: ociError(`exec: "${name}": stat ${name}: no such file or directory`) };
  if (stat.type === "directory") return { error: ociError(`exec: "${name}": is a directory`) };
  if ((stat.mode & 0o111) === 0) return { error: ociError(`exec: "${name}": permission denied`) };
  const program = image.programs[name] ?? image.programs[path] ?? image.programs[path.slice(path.lastIndexOf("/") + 1)];
  if (program !== undefined && programs[program]) return { program };
  return { program: SHELL_PROGRAM };
}

function findInPath(name: string, files: FileSystem, path: string): string | undefined {
  if (name === "") return undefined;
  for (const directory of path.split(":")) {
    const candidate = `${directory}/${name}`;
    const stat = files.stat(candidate);
    if (stat && stat.type !== "directory" && (stat.mode & 0o111) !== 0) return candidate;
  }
  return undefined;
}

export const ociError = (cause: string): string =>
  `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${cause}: unknown`;

/** As exec reports it: `kubectl exec` and exec probes see the runtime's own wording. */
export const execError = (error: string): string =>
  error.replace(
    /^failed to create containerd task: .*?unable to start container process: error during container init: /,
    "",
  );
