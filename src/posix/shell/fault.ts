/**
 * What goes wrong while a command is prepared. `fatal` ends a script (not an interactive shell), as POSIX asks
 * of expansion errors; "discard" gives up the rest of the line, as bash does for arithmetic.
 */
export class ShellFault extends Error {
  constructor(
    message: string,
    readonly status = 1,
    readonly fatal: boolean | "discard" = false,
    /** Left out of messages: a subshell that is over its limits ends without a word. */
    readonly silent = false,
  ) {
    super(message);
  }
}

/** A command substitution whose output is not there yet: the expansion is taken back, and done again when it is. */
export class NeedSubstitution extends Error {
  constructor(
    /** A node of the current script, or a script's text. */
    readonly body: object | string,
    /** `<(…)`: the output becomes a file. */
    readonly file: boolean,
  ) {
    super("substitution");
  }
}
