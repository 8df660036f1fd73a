import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Proof } from "../proof";

/** One proof of one challenge, as it travels from a child. */
export interface ProofLine {
  id: string;
  proof: Proof;
}

const SCRIPT = fileURLToPath(new URL("../challenge.ts", import.meta.url));

/** Proves challenges in `jobs` processes, each of which takes the next one when it is done with its own. */
export async function testInChildren(
  ids: readonly string[],
  seeds: number,
  jobs: number,
  take: (line: ProofLine) => void,
): Promise<void> {
  const queue = [...ids];
  const work = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const failure = await proveInChild(id, seeds, take);
      if (failure)
        take({ id, proof: { what: "can be proven", wrong: [failure], falseAccept: false, falseReject: false } });
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

/** Undefined, or why the child came to no end of its own. */
async function proveInChild(id: string, seeds: number, take: (line: ProofLine) => void): Promise<string | undefined> {
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, "prove", "--seeds", String(seeds), id], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  for await (const line of createInterface({ input: child.stdout })) take(JSON.parse(line) as ProofLine);
  return (await ended) === 0 ? undefined : errors.trim() || "its process was ended";
}
