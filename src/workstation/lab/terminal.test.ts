import { expect, test } from "vitest";
import { newLab, TestTerminal } from "./testing";

const PROMPT = "learner@podium:~$ ";

async function terminal(files: Record<string, string> = {}) {
  const lab = newLab({ files });
  const term = new TestTerminal(lab);
  expect(await term.type("")).toBe(PROMPT);
  return { lab, term };
}

test("a command, its output, and the prompt again", async () => {
  const { term } = await terminal({ "a.txt": "one\ntwo\n" });
  expect(await term.type("cat a.txt\r")).toBe(`cat a.txt\none\ntwo\n${PROMPT}`);
  expect(await term.type("cd /etc\r")).toBe("cd /etc\nlearner@podium:/etc$ ");
  expect(await term.type("cat /etc/shadow; echo $?\r")).toContain("cat: /etc/shadow: Permission denied\n1\n");
});

test("Ctrl-C ends what runs in the foreground, however busy it is", async () => {
  const { term } = await terminal();
  for (const command of [
    "sleep 1000",
    "while true; do :; done",
    "yes > /dev/null",
    "cat",
    "for i in 1 2 3; do sleep 100; done",
  ]) {
    await term.type(`${command}\r`);
    expect(await term.type("\x03")).toBe(`^C\n${PROMPT}`);
    expect(await term.type("echo $?\r")).toBe(`echo $?\n130\n${PROMPT}`);
  }
});

test("Ctrl-C at the prompt gives the line up, Ctrl-D ends the input", async () => {
  const { term } = await terminal();
  await term.type("echo half");
  expect(await term.type("\x03")).toBe(`^C\n${PROMPT}`);
  await term.type("cat\r");
  expect(await term.type("typed\r\x04")).toBe(`typed\ntyped\n${PROMPT}`);
  expect(await term.type("\x04")).toBe(`exit\n${PROMPT}`);
});

test("jobs: stopped, sent to the background, fetched back, killed", async () => {
  const { term } = await terminal();
  await term.type("sleep 60\r");
  expect(await term.type("\x1a")).toBe(`^Z\n[1]+  Stopped                 sleep 60\n${PROMPT}`);
  expect(await term.type("bg\r")).toBe(`bg\n[1]+ sleep 60 &\n${PROMPT}`);
  expect(await term.type("jobs\r")).toBe(`jobs\n[1]+  Running                 sleep 60 &\n${PROMPT}`);
  expect(await term.type("kill %1\r")).toBe(`kill %1\n[1]+  Terminated              sleep 60\n${PROMPT}`);
  expect(await term.type("sleep 1 &\r")).toMatch(/^sleep 1 &\n\[1\] \d+\n/);
  await term.type("", 2000);
  expect(await term.type("\r")).toBe(`\n[1]+  Done                    sleep 1\n${PROMPT}`);
  await term.type("sleep 2 &\r");
  expect(await term.type("fg\r", 5000)).toBe(`fg\nsleep 2\n${PROMPT}`);
});

test("a command of several lines", async () => {
  const { term } = await terminal();
  expect(await term.type("for i in 1 2\r")).toBe("for i in 1 2\n> ");
  expect(await term.type("do echo $i; done\r")).toBe(`do echo $i; done\n1\n2\n${PROMPT}`);
  expect(await term.type("cat <<X\r")).toBe("cat <<X\n> ");
  expect(await term.type("hi\rX\r")).toBe(`hi\n> X\nhi\n${PROMPT}`);
  expect(await term.type("echo 'a\r")).toBe("echo 'a\n> ");
  expect(await term.type("b'\r")).toBe(`b'\na\nb\n${PROMPT}`);
  expect(await term.type("echo )\r")).toBe(`echo )\nbash: syntax error near unexpected token \`)'\n${PROMPT}`);
});

test("history: arrows, Ctrl-R, exclamation marks", async () => {
  const { term } = await terminal();
  await term.type("echo first\r");
  await term.type("echo second\r");
  expect(await term.type("\x1b[A\x1b[A\r")).toContain("\nfirst\n");
  expect(await term.type("\x12seco\r")).toContain("\nsecond\n");
  expect(await term.type("!!\r")).toContain("echo second\nsecond\n");
  expect(await term.type("echo !$ x\r")).toContain("second x\n");
});

test("editing the line", async () => {
  const { term } = await terminal();
  const lines: [string, string][] = [
    ["echo bc\x1b[D\x1b[Da\r", "abc"],
    ["cho x\x01e\x05y\r", "xy"],
    ["echo one two\x17three\r", "one three"],
    ["garbage\x15echo clean\r", "clean"],
    ["echo ab\x7fc\r", "ac"],
    ["echo 中文字\x7f!\r", "中文!"],
    ["echo a b\x1bb\x0bc\x19\r", "a cb"],
    ["\x1b[200~echo pasted\x1b[201~\r", "pasted"],
  ];
  for (const [keys, output] of lines) expect(await term.type(keys)).toContain(`\n${output}\n`);
});

test("Tab completes commands, files, variables, and kubectl's words", async () => {
  const { term } = await terminal({ "deploy.yaml": "x\n", "sub dir/file.txt": "inside\n" });
  expect(await term.type("cat dep\t\r")).toContain("cat deploy.yaml \nx\n");
  expect(await term.type("cat sub\tf\t\r")).toContain("\ninside\n");
  expect(await term.type("base6\t <<< hi\r")).toContain("aGkK");
  expect(await term.type("echo $HOS\t\r")).toContain("\npodium\n");
  expect(await term.type("kubectl get no\t\r", 500)).toContain("control-plane   Ready");
  expect(await term.type("kubectl describe node node-\t\t", 500)).toContain("node-1  node-2");
});

test("a password is read without echo", async () => {
  const { term } = await terminal();
  await term.type("read -s -p 'Password: ' x; echo \"got $x\"\r");
  expect(await term.type("secret\r")).toBe(`got secret\n${PROMPT}`);
});

test("what is typed while a command runs comes after it", async () => {
  const { term } = await terminal();
  await term.type("sleep 1\r");
  expect(await term.type("echo next\r", 2000)).toBe(`echo next\n${PROMPT}echo next\nnext\n${PROMPT}`);
});

test("a closed terminal takes its processes with it, and its shell remembers", async () => {
  const { lab, term } = await terminal();
  await term.type("x=1; export Y=2; alias z='echo $x$Y'; f() { echo f; }; cd /tmp; sleep 100 &\r");
  expect(lab.busy()).toBe(true);
  term.terminal.close();
  await lab.advanceTo(lab.nowMs + 10);
  expect(lab.busy()).toBe(false);
  const again = new TestTerminal(lab);
  await again.type("");
  expect(await again.type("z; f; pwd; env | grep ^Y; jobs\r")).toContain(
    "12\nf\n/tmp\nY=2\n[1]+  Running                 sleep 100 &\n",
  );
});
