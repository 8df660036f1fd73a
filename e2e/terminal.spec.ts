import type { Browser } from "@playwright/test";
import { LabOnPage } from "./support/lab";
import { newPerson } from "./support/people";
import { expect, test } from "./support/podium";
import type { PodiumServer } from "./support/server";
import { TerminalOnPage } from "./support/terminal";

/** A keystroke's way on a busy machine; in a person's browser it is some ten milliseconds. */
const QUICK_MS = 5_000;

/** A guest in a fresh lab. */
async function guestInLab(browser: Browser, podium: PodiumServer): Promise<LabOnPage> {
  const page = await newPerson(browser, podium, "guest");
  await page.goto("/challenges/first-steps/expose-nginx");
  await page.getByTestId("challenge-start").click();
  return new LabOnPage(page).opened();
}

test("Ctrl-C stops a loop that never ends, and meanwhile the other terminal stays quick", async ({
  browser,
  podium,
}) => {
  const lab = await guestInLab(browser, podium);
  const { terminal, page } = lab;
  await terminal.enter("while true; do :; done");
  const second = await lab.newTerminal("2");
  const begun = Date.now();
  expect(await second.run("echo quick $((6 * 7))")).toContain("quick 42");
  const echoed = Date.now() - begun;
  expect(await second.run("kubectl get nodes")).toMatch(/node-2 +Ready/);
  console.log(`  beside an endless loop: echo ${echoed} ms, then kubectl get nodes ${Date.now() - begun - echoed} ms`);
  expect(echoed).toBeLessThan(QUICK_MS);
  await lab.showTerminal("1");
  await terminal.press("Control+c");
  await terminal.expectPrompt(QUICK_MS);
  expect(await terminal.run("echo $?")).toContain("130");
  await page.context().close();
});

test("history, Ctrl-R and completion of live names", async ({ browser, podium }) => {
  const { terminal, page } = await guestInLab(browser, podium);
  await terminal.run("kubectl create deployment web --image=nginx:1.25");
  await terminal.run("echo the last line");
  await terminal.press("Control+r");
  await page.keyboard.type("create dep");
  await terminal.expectText(/`create dep': kubectl create deployment web/);
  await terminal.press("Control+c");
  await terminal.expectPrompt();
  await terminal.press("ArrowUp");
  await terminal.expectText(/\$ echo the last line$/);
  await terminal.press("Control+c");
  await terminal.expectPrompt();
  await terminal.type("kubectl describe pod we");
  await terminal.press("Tab");
  await terminal.expectText(/\$ kubectl describe pod web-[a-z0-9]+-[a-z0-9]{5}/);
  await terminal.press("Enter");
  await terminal.expectText("Successfully assigned");
  await page.context().close();
});

test("two tabs on one lab see the same, and a reload goes on where it was", async ({ browser, podium }) => {
  const { terminal, page } = await guestInLab(browser, podium);
  const other = await page.context().newPage();
  await other.goto(page.url());
  const mirror = new TerminalOnPage(other);
  await mirror.expectPrompt();
  await terminal.type("echo from the first");
  await mirror.expectText("echo from the first");
  await mirror.press("Enter");
  await terminal.expectText(/\nfrom the first\n/);
  await terminal.expectPrompt();
  await mirror.run("kubectl create deployment both --image=nginx:1.25");
  for (const one of [page, other]) await expect(one.getByRole("button", { name: /^Pod both-/ })).toBeVisible();
  await terminal.expectPrompt();
  await terminal.enter("for i in 1 2 3 4 5 6; do echo tick $i; sleep 1; done; echo over");
  await terminal.expectText("tick 2");
  await page.reload();
  await terminal.expectText(/tick 1\ntick 2\ntick 3/);
  await terminal.expectText(/tick 6\nover\n/);
  await terminal.expectPrompt();
  await page.context().close();
});

test("bad YAML is explained, and nano and kubectl edit open the editor of the page", async ({ browser, podium }) => {
  const { terminal, page } = await guestInLab(browser, podium);
  await terminal.run("printf 'apiVersion: v1\\nkind: Pod\\nmetadata:\\n\\tname: web\\n' > bad.yaml");
  await terminal.run("kubectl apply -f bad.yaml");
  await terminal.expectText(/error: error parsing bad\.yaml: error converting YAML to JSON: yaml: line \d+:/);
  await page.getByTestId("editor-toggle").click();
  await page.getByRole("button", { name: /bad\.yaml/ }).click();
  await expect(page.locator(".cm-lint-marker-error")).toBeVisible();
  await page.getByTestId("editor-toggle").click();

  await terminal.enter("nano pod.yaml");
  const editor = page.getByTestId("editor-edit");
  await expect(editor).toBeVisible();
  await editor.locator(".cm-content").focus();
  await page.keyboard.insertText(
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: sailor\nspec:\n  containers:\n    - name: main\n      image: nginx:1.25\n",
  );
  await page.keyboard.press("Control+s");
  await expect(editor).toBeHidden();
  await terminal.expectPrompt();
  expect(await terminal.run("kubectl apply -f pod.yaml")).toContain("pod/sailor created");

  await terminal.enter("kubectl edit pod sailor");
  await expect(editor).toBeVisible();
  await page.getByTestId("edit-cancel").click();
  await terminal.expectText("Edit cancelled, no changes made.");
  await terminal.expectPrompt();
  await page.context().close();
});

test("undo takes back a command, reset all of them", async ({ browser, podium }) => {
  const { terminal, page } = await guestInLab(browser, podium);
  const undo = page.getByTestId("lab-undo");
  await expect(undo).toBeDisabled();
  await terminal.run("kubectl create deployment web --image=nginx:1.25");
  await terminal.run("kubectl delete deployment web");
  await terminal.expectText('deployment.apps "web" deleted');
  await undo.click();
  await terminal.expectText("undone: kubectl delete deployment web");
  await terminal.expectPrompt();
  expect(await terminal.run("kubectl get deployments")).toMatch(/web +\d\/1/);
  await page.getByTestId("lab-reset").click();
  await page.getByTestId("lab-reset-confirm").click();
  await terminal.expectText("the lab starts again");
  await terminal.expectPrompt();
  expect(await terminal.run("kubectl get deployments")).toContain("No resources found in default namespace.");
  await expect(page.getByRole("button", { name: /^Pod web-/ })).toHaveCount(0);
  await page.context().close();
});

test("a narrow window shows one region at a time", async ({ browser, podium }) => {
  const { terminal, page } = await guestInLab(browser, podium);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(page.getByTestId("checks")).toBeHidden();
  expect(await terminal.run("kubectl create deployment web --image=nginx:1.10.0")).toContain("created");
  await page.getByTestId("region-brief").click();
  await expect(page.getByTestId("checks")).toBeVisible();
  await expect(page.getByTestId("check-running")).toHaveAttribute("data-passed", "true", { timeout: 60_000 });
  await page.getByTestId("region-cluster").click();
  await expect(page.getByRole("button", { name: /^Pod web-/ })).toBeVisible();
  await page.getByTestId("region-work").click();
  await terminal.expectPrompt();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.context().close();
});

test("the lab page without a mouse", async ({ browser, podium }) => {
  const { terminal, page } = await guestInLab(browser, podium);
  const { keyboard } = page;
  const region = (name: string) => page.getByRole("region", { name, exact: true });
  await keyboard.type("kubectl create deployment web --image=nginx:1.25");
  await keyboard.press("Enter");
  await terminal.expectText("deployment.apps/web created");
  await keyboard.press("Control+Shift+ArrowLeft");
  await expect(region("Brief")).toBeFocused();
  await keyboard.press("?");
  await expect(page.getByTestId("keys-sheet")).toBeVisible();
  await keyboard.press("Escape");
  await expect(page.getByTestId("keys-sheet")).toBeHidden();
  await keyboard.press("p");
  await expect(page.getByTestId("time-pause")).toHaveAttribute("aria-pressed", "true");
  await keyboard.press("p");
  await expect(page.getByTestId("time-pause")).toHaveAttribute("aria-pressed", "false");
  await keyboard.press("u");
  await terminal.expectText("undone: kubectl create deployment web");
  await keyboard.press("3");
  await expect(region("Cluster")).toBeFocused();
  await keyboard.press("2");
  await keyboard.type("echo back at the helm");
  await keyboard.press("Enter");
  await terminal.expectText(/\nback at the helm\n/);
  await page.context().close();
});
