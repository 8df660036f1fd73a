/** nginx's command line. */

/** The configuration that nginx reads unless it is told another (`-c`). */
const MAIN_FILE = "/etc/nginx/nginx.conf";

export interface Options {
  mode: "run" | "version" | "version-long" | "test" | "dump" | "signal" | "help";
  globals: string;
  path: string;
  signal?: string;
}

export function parseOptions(args: readonly string[]): Options | { error: string } {
  const options: Options = { mode: "run", globals: "", path: MAIN_FILE };
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    if (!word.startsWith("-")) return { error: `invalid option: "${word}"` };
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      const modes: Record<string, Options["mode"]> = {
        v: "version",
        V: "version-long",
        t: "test",
        T: "dump",
        h: "help",
        "?": "help",
      };
      if (modes[letter]) options.mode = modes[letter];
      else if (letter === "q") continue;
      else if ("gcspe".includes(letter)) {
        const value = at + 1 < word.length ? word.slice(at + 1) : args[++index];
        const what: Record<string, string> = {
          g: "global directives",
          c: "file name",
          s: "signal name",
          p: "directory name",
          e: "file name",
        };
        if (value === undefined) return { error: `option "-${letter}" requires ${what[letter]}` };
        if (letter === "g") options.globals = value;
        if (letter === "c") options.path = value.startsWith("/") ? value : `/etc/nginx/${value}`;
        if (letter === "s") {
          if (!["stop", "quit", "reopen", "reload"].includes(value)) return { error: `invalid option: "-s ${value}"` };
          options.mode = "signal";
          options.signal = value;
        }
        break;
      } else return { error: `invalid option: "${letter}"` };
    }
  }
  return options;
}
