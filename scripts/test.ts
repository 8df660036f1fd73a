/**
 * `npm test`: unit and integration tests, then browser tests against a production build. The last line counts them all.
 * `npm test -- --no-browser` leaves the browser tests out, and says so.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { findBrowser } from "./lib/browser";
import { buildIfChanged } from "./lib/build";
import { demandNode } from "./lib/node-version";

const RESULTS = "test-results";
const say = (line: string) => console.log(line);

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

demandNode();
mkdirSync(RESULTS, { recursive: true });
const counts = [await unitTests()];
if (process.argv.includes("--no-browser")) say("The browser tests were left out.");
else counts.push(await browserTests());
const total = counts.reduce((sum, count) => ({
  passed: sum.passed + count.passed,
  failed: sum.failed + count.failed,
  skipped: sum.skipped + count.skipped,
}));
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function unitTests(): Promise<Count> {
  const file = `${RESULTS}/vitest.json`;
  rmSync(file, { force: true });
  say("Unit and integration tests …");
  const code = await run([
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  if (!existsSync(file)) return broken("vitest", code);
  const report = JSON.parse(readFileSync(file, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  // A file that cannot even be loaded has no tests that could fail: it counts as one.
  const unloaded = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + unloaded;
  const count = { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
  return code !== 0 && failed === 0 ? { ...count, failed: 1 } : count;
}

async function browserTests(): Promise<Count> {
  if (!existsSync("e2e") || !readdirSync("e2e").some((name) => /\.(spec|test)\.ts$/.test(name)))
    return { passed: 0, failed: 0, skipped: 0 };
  const file = `${RESULTS}/playwright.json`;
  rmSync(file, { force: true });
  let browser: string | undefined;
  try {
    browser = findBrowser(say);
    await buildIfChanged(say);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  say(`Browser tests${browser ? ` in ${browser}` : ""} …`);
  const code = await run(["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    ...(browser ? { PODIUM_TEST_BROWSER: browser } : {}),
  });
  if (!existsSync(file)) return broken("playwright", code);
  const { stats } = JSON.parse(readFileSync(file, "utf8")) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  const count = { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function broken(what: string, code: number | null): Count {
  console.error(`${what} ended with ${code} and left no report.`);
  return { passed: 0, failed: 1, skipped: 0 };
}

function run(args: string[], env: Record<string, string> = {}): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: "inherit",
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    child.once("error", reject);
    child.once("exit", resolve);
  });
}
