import { defineConfig, devices } from "@playwright/test";

/** Without Playwright's own browser, `npm test` names another: Debian's. */
const executablePath = process.env.PODIUM_TEST_BROWSER;

export default defineConfig({
  testDir: "e2e",
  // Each worker has a server and a database of its own; the machines that run this have two cores.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  outputDir: "test-results",
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
