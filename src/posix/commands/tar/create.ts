import { byteLength } from "../../files/bytes";
import { FileError } from "../../files/file-system";
import { joinPath, resolvePath } from "../../files/path";
import { type CommandIo, complain } from "../command";
import { BLOCK, ENTRIES_LIMIT, fatal, header, RECORD_BLOCKS } from "./ustar";

/** `tar -c`: to standard output as well. */
export function create(
  io: CommandIo,
  names: readonly string[],
  base: string,
  archive: string,
  verbose: boolean,
): { exit: number } {
  if (names.length === 0) {
    complain(io, io.style === "gnu" ? "Cowardly refusing to create an empty archive" : "empty archive");
    return { exit: io.style === "gnu" ? 2 : 1 };
  }
  let failed = false;
  let told = false;
  let blocks = 0;
  const parts: string[] = [];
  const tell = (line: string) => (archive === "-" ? io.err(line) : io.out(line));
  const add = (name: string) => {
    if (parts.length > ENTRIES_LIMIT) return;
    const path = resolvePath(base, name);
    const stat = io.files.lstat(path);
    if (!stat) {
      complain(
        io,
        io.style === "gnu" ? `${name}: Cannot stat: No such file or directory` : `${name}: No such file or directory`,
      );
      failed = true;
      return;
    }
    let stored = name.replace(/^\/+/, "");
    if (stored !== name && !told) {
      complain(
        io,
        io.style === "gnu" ? "Removing leading `/' from member names" : "removing leading '/' from member names",
      );
      told = true;
    }
    if (stat.type === "directory") stored = stored.replace(/\/*$/, "/");
    try {
      const content = stat.type === "file" || stat.type === "device" ? io.files.readFile(path) : "";
      const size = byteLength(content);
      const link = stat.type === "symlink" ? io.files.readLink(path) : "";
      if (verbose) tell(`${stored}\n`);
      const padding = (BLOCK - (size % BLOCK)) % BLOCK;
      parts.push(header(stored, { ...stat, sizeBytes: size }, link, io.user), content, "\0".repeat(padding));
      blocks += 1 + (size + padding) / BLOCK;
      if (stat.type === "directory")
        for (const child of io.files.readDirectory(path)) add(joinPath(name.replace(/(?<=.)\/+$/, ""), child));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      complain(io, `${name}: Cannot open: ${error.message}`);
      failed = true;
    }
  };
  for (const name of names) add(name);
  const whole = Math.ceil((blocks + 2) / RECORD_BLOCKS) * RECORD_BLOCKS;
  parts.push("\0".repeat((whole - blocks) * BLOCK));
  if (archive === "-") io.out(parts.join(""));
  else {
    try {
      io.files.writeFile(resolvePath(io.cwd, archive), parts.join(""));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fatal(io, `${archive}: Cannot open: ${error.message}`);
      return { exit: 2 };
    }
  }
  if (failed)
    complain(
      io,
      io.style === "gnu"
        ? "Exiting with failure status due to previous errors"
        : "error exit delayed from previous errors",
    );
  return { exit: failed ? (io.style === "gnu" ? 2 : 1) : 0 };
}
