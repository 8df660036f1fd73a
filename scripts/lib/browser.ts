import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A browser for the tests: undefined where Playwright has its own, else the path of another. Installs one where there is none. */
export function findBrowser(say: (line: string) => void): string | undefined {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) {
    if (!existsSync(CHROMIUM)) throw new Error(`CHROMIUM is ${CHROMIUM}, which does not exist.`);
    return CHROMIUM;
  }
  if (existsSync(chromium.executablePath())) return undefined;
  const found = onPath();
  if (found) return found;
  say("There is no browser here. Trying Playwright's own …");
  const playwright = spawnSync(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], {
    encoding: "utf8",
    timeout: 180_000,
  });
  if (playwright.status === 0 && existsSync(chromium.executablePath())) return undefined;
  say("It cannot be downloaded. Installing Debian's chromium with apt-get; this takes a minute …");
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const [program, ...rest] = [...asRoot, "apt-get", ...args] as [string, ...string[]];
    const result = spawnSync(program, rest, { encoding: "utf8", env });
    if (result.status !== 0) {
      throw new Error(
        `apt-get ${args.join(" ")} failed. Install a Chromium and set CHROMIUM to its path.\n${result.stderr || result.error?.message}`,
      );
    }
  }
  const installed = onPath();
  if (!installed) throw new Error("apt-get installed no chromium. Install one and set CHROMIUM to its path.");
  return installed;
}

function onPath(): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const name of NAMES) {
      const candidate = path.join(folder, name);
      if (existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}
