/** Names of all builtins: what `type` says without importing them. */
export const builtinNames: ReadonlySet<string> = new Set(
  ": . [ alias bg bind break builtin cd command compgen complete continue declare dirs disown echo enable eval exec exit export false fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source test times trap true type typeset ulimit umask unalias unset wait".split(
    " ",
  ),
);
