import { encodeBytes } from "../../files/bytes";
import { FileError } from "../../files/file-system";
import { resolvePath } from "../../files/path";
import { badOption, type Command, complain, nameOf, parseOptions } from "../command";
import { create } from "./create";
import { read } from "./read";
import { fatal } from "./ustar";

/** ustar archives (POSIX.1, pax): what `kubectl cp` sends through exec, and what people type. Compressed ones are not read here. */

/** The archive as a whole is kept while it is read. */
const INPUT_LIMIT = 64 * 1024 * 1024;

const LONG = {
  create: "c",
  extract: "x",
  get: "x",
  list: "t",
  verbose: "v",
  file: "f",
  directory: "C",
  touch: "m",
  "same-permissions": "p",
  "preserve-permissions": "p",
  "no-same-permissions": "o",
  "no-same-owner": "o",
  "numeric-owner": "o",
  "strip-components": "S",
  exclude: "X",
};

export const tar: Command = (io, state) => {
  const argv = [...io.argv];
  // The old style: letters without a dash.
  if (argv[1] && !argv[1].startsWith("-")) argv[1] = `-${argv[1]}`;
  const options = parseOptions(argv, "cxtvf:C:mpokS:X:", LONG);
  if (options.bad) return badOption(io, options.bad, io.style === "gnu" ? 64 : 1);
  const { flags, values } = options;
  const modes = ["c", "x", "t"].filter((mode) => flags.has(mode));
  if (modes.length !== 1) {
    io.err(
      io.style === "gnu"
        ? modes.length === 0
          ? `${nameOf(io)}: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information.\n`
          : `${nameOf(io)}: You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option\nTry 'tar --help' or 'tar --usage' for more information.\n`
        : `${nameOf(io)}: you must specify exactly one of -c, -x and -t\n`,
    );
    return { exit: io.style === "gnu" ? 2 : 1 };
  }
  const base = resolvePath(io.cwd, values.C ?? ".");
  if (flags.has("C") && io.files.stat(base)?.type !== "directory") {
    fatal(
      io,
      io.style === "gnu"
        ? `${values.C}: Cannot open: No such file or directory`
        : `can't change directory to '${values.C}': No such file or directory`,
    );
    return { exit: io.style === "gnu" ? 2 : 1 };
  }
  const archive = values.f ?? "-";
  if (modes[0] === "c") return create(io, options.rest, base, archive, flags.has("v"));
  if (archive === "-") {
    state.text ??= "";
    for (let data = io.read(); data !== null; data = io.read()) {
      if (data === undefined) return { input: true };
      state.text += data;
      if (state.text.length > INPUT_LIMIT) {
        complain(io, "memory exhausted");
        return { exit: 2 };
      }
    }
  } else {
    try {
      state.text = io.files.readFile(resolvePath(io.cwd, archive));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fatal(
        io,
        io.style === "gnu" ? `${archive}: Cannot open: ${error.message}` : `can't open '${archive}': ${error.message}`,
      );
      return { exit: io.style === "gnu" ? 2 : 1 };
    }
  }
  const strip = Number(values.S ?? 0);
  const wanted = { names: options.rest, strip, list: modes[0] === "t", verbose: flags.has("v"), now: flags.has("m") };
  return read(io, encodeBytes(state.text), base, wanted);
};
