import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import type { PodiumServer } from "./server";

/** A person with a browser of their own: nothing is shared with the others but the server. */
export async function newPerson(browser: Browser, podium: PodiumServer, name: string): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: podium.url,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`${name}: ${error}`));
  return page;
}

export const ADMINISTRATOR = { username: "harbourmaster", password: "correct horse battery" };

/** Becomes the first administrator behind the one-time link, or signs in as the one whom an earlier test made. */
export async function becomeAdministrator(page: Page, podium: PodiumServer): Promise<void> {
  await page.goto(podium.hasAdministrator ? "/sign-in?next=/classes" : podium.setupPath);
  await page.getByLabel("User name").fill(ADMINISTRATOR.username);
  await page.getByLabel("Password").fill(ADMINISTRATOR.password);
  await page.getByTestId("credentials-submit").click();
  await expect(page).toHaveURL(/\/classes$/);
  podium.hasAdministrator = true;
}

/** Creates a class with challenges; the page shows its overview afterwards. Returns its address and join code. */
export async function createClass(
  page: Page,
  name: string,
  challenges: readonly string[],
): Promise<{ url: string; code: string }> {
  await page.getByTestId("class-create").click();
  await page.getByLabel("Name").fill(name);
  await page.getByTestId("class-create-submit").click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByTestId("tab-assignments").click();
  for (const challenge of challenges) {
    await page.getByTestId(`assign-${challenge}`).click();
    await expect(page.getByTestId(`assigned-${challenge}`)).toBeVisible();
  }
  await page.getByRole("tab", { name: "Overview" }).click();
  const code = (await page.getByTestId("join-code-large").innerText()).trim();
  return { url: new URL(page.url()).pathname, code };
}

/** Joins as a guest with the code from the projector and a nickname. */
export async function joinClass(page: Page, code: string, nickname: string): Promise<void> {
  await page.goto("/");
  await page.getByTestId("join-code").fill(code.toLowerCase());
  await page.getByTestId("join-code-submit").click();
  await page.getByLabel("Nickname").fill(nickname);
  await page.getByTestId("join-submit").click();
  await expect(page).toHaveURL(/\/classes\/[^/]+$/);
}
