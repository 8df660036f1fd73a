import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build as bundle } from "esbuild";

const STAMP = "dist/built-from";
/** What the built pages and server are made of. */
const SOURCES = [
  "src",
  "public",
  "prisma/schema.prisma",
  "package.json",
  "package-lock.json",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "tsconfig.base.json",
];
const STILL_EVERY_MS = 10_000;

/** Builds pages and server, unless that was done for these very sources. `say` hears of each long step. */
export async function buildIfChanged(say: (line: string) => void): Promise<void> {
  const sources = hashOf(SOURCES);
  if (existsSync(STAMP) && existsSync(".next/BUILD_ID") && readFileSync(STAMP, "utf8") === sources) return;
  rmSync(STAMP, { force: true });
  await bundleServer();
  await buildPages(say);
  mkdirSync("dist", { recursive: true });
  writeFileSync(STAMP, sources);
}

/** The server and the lab worker, each as one file; packages stay in node_modules. */
export async function bundleServer(): Promise<void> {
  await bundle({
    entryPoints: { "server/main": "src/server/main.ts", "server/lab-worker": "src/server/labs/worker.ts" },
    outdir: "dist",
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "warning",
  });
}

async function buildPages(say: (line: string) => void): Promise<void> {
  say("Building the pages. The first time this takes about a minute …");
  const begun = Date.now();
  const still = setInterval(
    () => say(`… still building (${Math.round((Date.now() - begun) / 1000)} s)`),
    STILL_EVERY_MS,
  );
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (data) => output.push(String(data)));
    child.stderr.on("data", (data) => output.push(String(data)));
    child.once("error", reject);
    child.once("exit", resolve);
  }).finally(() => clearInterval(still));
  if (code !== 0) throw new Error(`next build failed:\n${output.join("")}`);
  say(`Built in ${Math.round((Date.now() - begun) / 1000)} s.`);
}

function hashOf(paths: string[]): string {
  const hash = createHash("sha256");
  const add = (file: string) => hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  for (const source of paths) {
    if (!existsSync(source)) continue;
    const entries = readdirSyncIfFolder(source);
    if (!entries) add(source);
    else for (const file of entries) if (!/\.test\.tsx?$/.test(file)) add(file);
  }
  return hash.digest("hex");
}

function readdirSyncIfFolder(source: string): string[] | undefined {
  try {
    return readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}
