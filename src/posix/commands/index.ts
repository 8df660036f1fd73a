import { cut, nl, paste, rev, tac, tr } from "./columns";
import type { Command } from "./command";
import { cp, mv } from "./copy";
import { diff } from "./diff";
import { df, du } from "./disk";
import { mkdir, mktemp, rm, rmdir, touch } from "./files";
import { find } from "./find";
import { grep } from "./grep";
import { head, tail } from "./head-tail";
import { ln, readlink, realpath } from "./links";
import { ls } from "./listing";
import { chmod, chown, stat } from "./permissions";
import { sed } from "./sed";
import { sort, uniq } from "./sort";
import { systemCommands } from "./system";
import { tar } from "./tar";
import { base64, cat, seq, tee, wc, yes } from "./text";

/** Commands as small-step functions over plain data: they run on the workstation and inside the simulation alike. */
export const commands: Readonly<Record<string, Command>> = {
  ...systemCommands,
  ls,
  dir: ls,
  mkdir,
  rmdir,
  rm,
  cp,
  mv,
  touch,
  ln,
  chmod,
  chown,
  stat,
  readlink,
  realpath,
  mktemp,
  du,
  df,
  diff,
  find,
  cat,
  head,
  tail,
  tee,
  wc,
  sort,
  uniq,
  cut,
  tr,
  rev,
  tac,
  nl,
  paste,
  base64,
  seq,
  yes,
  grep,
  egrep: grep,
  fgrep: grep,
  sed,
  tar,
};
