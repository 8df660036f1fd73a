import { expect, test } from "vitest";
import { newLab, runScript } from "../lab/testing";

test("an archive holds what went in, and lays it out elsewhere", async () => {
  const { stdout, stderr } = await runScript(
    newLab(),
    `mkdir -p a/b out; printf 'gru\\303\\237\\377\\000end' > a/b/bytes; echo two > a/two; ln -s two a/link; chmod 640 a/two
tar -cf all.tar a; tar tf all.tar; wc -c < all.tar
tar xf all.tar -C out; cat out/a/link; base64 out/a/b/bytes; stat -c %a out/a/two
cat all.tar | tar -xf - -C out --strip-components=2 a/b; cmp out/bytes a/b/bytes 2>/dev/null || diff out/bytes a/b/bytes; ls out`,
  );
  expect(stderr).toBe("");
  expect(stdout).toBe(`a/
a/b/
a/b/bytes
a/link
a/two
10240
two
Z3J1w5//AGVuZA==
640
a
bytes
`);
});

test("what cannot be is told in GNU's words", async () => {
  const { stdout, stderr } = await runScript(
    newLab(),
    `tar cf x.tar nope; echo $?; echo no archive > y; tar xf y; echo $?; tar xf none.tar; echo $?; tar f y; echo $?; tar cf - /etc/hostname | wc -c; tar tf x.tar`,
  );
  expect(stdout).toBe("2\n2\n2\n2\n10240\n");
  expect(stderr).toBe(`tar: nope: Cannot stat: No such file or directory
tar: Exiting with failure status due to previous errors
tar: This does not look like a tar archive
tar: Exiting with failure status due to previous errors
tar: none.tar: Cannot open: No such file or directory
tar: Error is not recoverable: exiting now
tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options
Try 'tar --help' or 'tar --usage' for more information.
tar: Removing leading \`/' from member names
`);
});
