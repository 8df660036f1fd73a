/** `npm run check`: everything that CI checks but the tests. Ends at once with what is wrong, all of it. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { schemaDrift } from "./lib/schema-drift";

const PURE = ["posix", "sim", "workstation", "challenges", "grading", "classroom"];

interface Step {
  name: string;
  run: () => Promise<string | undefined>;
}

const bin =
  (file: string, ...args: string[]) =>
  () =>
    command([path.join("node_modules", file), ...args]);
const tsx = (script: string) => () => command(["--import", "tsx", script]);

// Generated files first: the others read them.
const first: Step[] = [
  { name: "schemas of Kubernetes' kinds", run: tsx("scripts/generate.ts") },
  { name: "database client", run: tsx("scripts/generate-client.ts") },
];
const steps: Step[] = [
  ...PURE.map((layer) => ({
    name: `types of src/${layer}, without DOM and Node`,
    run: bin("typescript/bin/tsc", "-p", `src/${layer}`, "--noEmit"),
  })),
  { name: "types of the whole", run: bin("typescript/bin/tsc", "--noEmit") },
  { name: "biome", run: bin("@biomejs/biome/bin/biome", "check", "--error-on-warnings") },
  {
    name: "layers and cycles",
    run: bin(
      "dependency-cruiser/bin/dependency-cruise.mjs",
      "--config",
      ".dependency-cruiser.cjs",
      "src",
      "--output-type",
      "err",
    ),
  },
  { name: "no chance but the kernel's", run: noMathRandom },
  { name: "schema and migrations agree", run: drift },
];

const failed: string[] = [];
for (const step of first) await take(step);
// Two at a time: the machines that run this have two cores.
const queue = [...steps];
await Promise.all(
  [0, 1].map(async () => {
    for (let step = queue.shift(); step; step = queue.shift()) await take(step);
  }),
);
console.log(failed.length === 0 ? "All checks passed." : `${failed.length} failed: ${failed.join("; ")}`);
process.exit(failed.length === 0 ? 0 : 1);

async function take({ name, run }: Step): Promise<void> {
  const begun = performance.now();
  const problem = await run().catch((error) => String(error?.stack ?? error));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${problem === undefined ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
  if (problem === undefined) return;
  failed.push(name);
  console.log(problem.trimEnd());
}

/** What a command printed, if it failed. */
function command(args: string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code === 0 ? undefined : output));
  });
}

async function noMathRandom(): Promise<string | undefined> {
  const found: string[] = [];
  for (const layer of PURE) {
    for (const entry of readdirSync(`src/${layer}`, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
      const file = path.join(entry.parentPath, entry.name);
      readFileSync(file, "utf8")
        .split("\n")
        .forEach((line, index) => {
          if (/\bMath\s*\.\s*random\s*\(/.test(line)) found.push(`${file}:${index + 1}: ${line.trim()}`);
        });
    }
  }
  return found.length === 0 ? undefined : found.join("\n");
}

async function drift(): Promise<string | undefined> {
  const lines = await schemaDrift();
  if (lines.length === 0) return undefined;
  return `prisma/schema.prisma and prisma/migrations differ (- in the migrations only, + in the schema only):\n${lines.join("\n")}`;
}
