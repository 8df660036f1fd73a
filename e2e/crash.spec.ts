import { LabOnPage } from "./support/lab";
import { newPerson } from "./support/people";
import { expect, test } from "./support/podium";

/** The promise is two seconds on an idle machine; a machine that builds and tests at the same time gets more. */
const FIRST_PROMPT_LIMIT_MS = 10_000;
const RECONNECT_LIMIT_MS = 30_000;

test("a guest has a terminal at once, and loses nothing when the server is killed", async ({ browser, podium }) => {
  const page = await newPerson(browser, podium, "guest");
  await page.goto("/");
  const play = page.getByTestId("play-now");
  await expect(play).toBeEnabled();
  // The landing page fetches the lab's code ahead; a person looks at it for a moment, too.
  await page.waitForLoadState("networkidle");
  const clicked = Date.now();
  await play.click();
  const lab = new LabOnPage(page);
  await lab.terminal.expectPrompt();
  const untilPrompt = Date.now() - clicked;
  console.log(`  Play now to the first prompt: ${untilPrompt} ms`);
  expect(untilPrompt).toBeLessThan(FIRST_PROMPT_LIMIT_MS);
  await expect(page.getByRole("heading", { level: 1, name: "Expose nginx" })).toBeVisible();

  const { terminal } = lab;
  // The first key goes to the terminal without a click.
  await page.keyboard.type("kubectl create deployment nginx --image=nginx:1.10.0");
  await page.keyboard.press("Enter");
  await terminal.expectText("deployment.apps/nginx created");
  await terminal.runUntil("kubectl get pods", /1\/1 +Running/);
  await terminal.run("mkdir ship && cd ship && echo 'all hands' > log.txt");
  await terminal.enter("kubectl port-forward deployment/nginx 8080:80 > /dev/null &");
  await terminal.expectText(/\[1\] \d+/);
  expect(await terminal.run("kubectl scale deployment nginx --replicas=2")).toContain("deployment.apps/nginx scaled");
  await lab.expectPassed("running");
  await page.evaluate(() => {
    document.documentElement.dataset.stayed = "yes";
  });

  await podium.kill();
  await expect(page.getByTestId("reconnecting")).toBeVisible({ timeout: RECONNECT_LIMIT_MS });
  const restarted = Date.now();
  await podium.restart();
  await expect(page.getByTestId("reconnecting")).toBeHidden({ timeout: RECONNECT_LIMIT_MS });
  console.log(`  Restart to reconnected: ${Date.now() - restarted} ms`);

  // The same page, without a reload, and the screen as it was.
  expect(await page.evaluate(() => document.documentElement.dataset.stayed)).toBe("yes");
  await terminal.expectPrompt();
  await terminal.expectText("deployment.apps/nginx scaled");
  await lab.expectPassed("running");
  // Working directory, files, cluster, jobs and history.
  await terminal.run("pwd; cat log.txt");
  await terminal.expectText(/\/home\/learner\/ship\nall hands/);
  await terminal.runUntil("kubectl get deployment nginx", /nginx +2\/2/);
  expect(await terminal.run("jobs")).toMatch(/\[1\].*kubectl port-forward deployment\/nginx 8080:80/);
  expect(await terminal.run("curl -s http://127.0.0.1:8080 | grep title")).toContain("Welcome to nginx!");
  await terminal.press("Control+r");
  await page.keyboard.type("scale");
  await terminal.expectText(/reverse-i-search\)`scale': kubectl scale deployment nginx --replicas=2/);
  await terminal.press("Control+c");
  await terminal.expectPrompt();

  // A reload, a moment later, shows the same as well; then the challenge is finished.
  await page.reload();
  await lab.opened();
  await terminal.expectText("Welcome to nginx!");
  await terminal.run("kubectl expose deployment nginx --port 80 --type LoadBalancer");
  await lab.skipMinute();
  await lab.expectPassed("running", "service", "answers", "comes-back");
  await lab.expectSolved();
  await page.context().close();
});
