import type { Tool } from "../tool";

/** On a node one is root already: the command is run as it stands, and `-i`, `-s` and `su` open another shell. */
export const sudo: Tool = {
  name: "sudo",
  async run(context) {
    const words = context.argv.slice(1);
    let shell = false;
    while (words[0]?.startsWith("-")) {
      const option = words.shift()!;
      if (option === "-i" || option === "-s") shell = true;
      if (option === "-u" || option === "-g") words.shift();
    }
    if (words[0] === "su") return context.run(["bash"]);
    if (words.length === 0) {
      if (shell) return context.run(["bash"]);
      await context.stderr.write(
        "usage: sudo -h | -K | -k | -V\nusage: sudo [-ABbEHnPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]\n",
      );
      return 1;
    }
    const env: Record<string, string> = { ...context.env };
    while (/^\w+=/.test(words[0] ?? "")) {
      const [name = "", ...value] = words.shift()!.split("=");
      env[name] = value.join("=");
    }
    return context.run(words, { env });
  },
};
