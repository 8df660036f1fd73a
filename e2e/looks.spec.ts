import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { LabOnPage } from "./support/lab";
import { becomeAdministrator, createClass, joinClass, newPerson } from "./support/people";
import { expect, test } from "./support/podium";

const WIDTHS = [360, 768, 1280, 1920] as const;
const HEIGHTS: Record<(typeof WIDTHS)[number], number> = { 360: 740, 768: 1024, 1280: 800, 1920: 1080 };
const THEMES = ["light", "dark"] as const;

/** `PODIUM_SCREENS=1 npm test` leaves a picture of each page in each width and theme in test-results/screens. */
const PICTURES = process.env.PODIUM_SCREENS === "1";

/** All rules once; what only another theme or width can break, there. */
function rulesFor(width: number, theme: string): "all" | string[] | undefined {
  if (width === 1280) return theme === "light" ? "all" : ["color-contrast"];
  if (width === 360 && theme === "light") return ["link-name", "button-name", "label", "scrollable-region-focusable"];
  return undefined;
}

/** A page in all widths and both themes: what a machine can tell, and pictures for whoever wants to look. */
async function look(page: Page, name: string, ready?: () => Promise<void>): Promise<void> {
  await ready?.();
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHTS[width] });
      if (PICTURES) await page.screenshot({ path: `test-results/screens/${name}-${width}-${theme}.png` });
      // A new width takes a frame or two to settle.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth), {
          message: `${name} at ${width} px scrolls sideways`,
        })
        .toBeLessThanOrEqual(width);
      const rules = rulesFor(width, theme);
      if (!rules) continue;
      const axe = new AxeBuilder({ page });
      const { violations } = await (rules === "all" ? axe : axe.withRules(rules)).analyze();
      const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
      expect.soft(serious, `${name} at ${width} px, ${theme}`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

const heading = (page: Page, name?: string | RegExp) => () =>
  expect(page.getByRole("heading", { level: 1, ...(name ? { name } : {}) })).toBeVisible();

test("pages without a class, light and dark, narrow and wide", async ({ browser, podium }) => {
  test.setTimeout(240_000);
  const page = await newPerson(browser, podium, "visitor");
  for (const [name, path, title] of [
    ["landing", "/", undefined],
    ["sign-in", "/sign-in", undefined],
    ["join", "/join", "Join a class"],
    ["catalogue", "/challenges", undefined],
    ["challenge", "/challenges/health/fix-readiness", "Fix the readiness probe"],
    ["not-found", "/no-such-page", undefined],
  ] as const) {
    await page.goto(path);
    await look(page, name, heading(page, title));
  }
  await page.goto("/challenges/health/fix-readiness");
  await page.getByTestId("challenge-start").click();
  const lab = await new LabOnPage(page).opened();
  await lab.terminal.run("kubectl get pods,endpoints");
  await page.getByTestId("check-why-answers").click();
  await expect(page.getByTestId("causes-answers")).toContainText("8181");
  await look(page, "lab");
  await page
    .getByRole("button", { name: /^Pod healthy-monolith-/ })
    .first()
    .click();
  await expect(page.getByTestId("object-drawer")).toContainText("readiness");
  await look(page, "lab-pod");
  await page.keyboard.press("Escape");
  await page.getByTestId("editor-toggle").click();
  await look(page, "lab-editor");
  await page.context().close();
});

test("pages of a class, light and dark, narrow and wide", async ({ browser, podium }) => {
  test.setTimeout(240_000);
  const page = await newPerson(browser, podium, "instructor");
  await becomeAdministrator(page, podium);
  await look(page, "classes", heading(page, "Classes"));
  const { url, code } = await createClass(page, "Night watch", ["first-steps/expose-nginx", "health/fix-readiness"]);
  const learner = await newPerson(browser, podium, "learner");
  await joinClass(learner, code, "Mei");
  await learner.getByTestId("play-first-steps/expose-nginx").click();
  const lab = await new LabOnPage(learner).opened();
  await lab.terminal.run("kubectl create deployment nginx --image=nginx:1.10.0");
  await lab.skipMinute();
  await lab.expectPassed("running");

  await page.goto(url);
  await look(page, "class", heading(page, "Night watch"));
  for (const tab of ["assignments", "grades", "members", "settings"]) {
    await page.getByTestId(`tab-${tab}`).click();
    await look(page, `class-${tab}`);
  }
  await page.goto(`${url}/room`);
  await expect(page.getByTestId("tile-Mei")).toBeVisible();
  await look(page, "room");
  await page.getByTestId("tile-Mei").click();
  await expect(page.getByTestId("watch-lab")).toContainText("nginx");
  await look(page, "room-watching");
  await page.goto(`${url}/board`);
  await expect(page.getByTestId("board-row-Mei")).toContainText("30");
  await look(page, "board");
  await page.goto("/admin");
  await look(page, "admin", heading(page));
  await lab.terminal.run("kubectl expose deployment nginx --port 80 --type LoadBalancer");
  await lab.skipMinute();
  await lab.expectSolved();
  await look(learner, "lab-solved");
  await Promise.all([page, learner].map((one) => one.context().close()));
});

test("the theme and the language that one chooses stay", async ({ browser, podium }) => {
  const page = await newPerson(browser, podium, "visitor");
  await page.goto("/");
  await page.getByTestId("user-menu").click();
  await page.getByTestId("theme-dark").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Escape");
  await page.getByTestId("language-menu").click();
  await page.getByTestId("language-zh-TW").click();
  await expect(page.getByTestId("sign-in-link")).toHaveText("登入");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-TW");
  await page.goto("/challenges/first-steps/expose-nginx");
  await expect(page.getByRole("heading", { level: 1, name: "對外開放 nginx" })).toBeVisible();
  await page.context().close();
});
