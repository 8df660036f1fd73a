import { runToEnd } from "../lab/drive";
import type { Lab } from "../lab/lab";
import { newLab, TestTerminal } from "../lab/testing";
import type { LabOptions } from "../lab/types";

const LIMIT_MS = 3_600_000;

/** What a lab makes up: it stands in the tests as its name, so that they say what is promised and no more. */
const GENERATED: [RegExp, string][] = [
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "UID"],
  [/\b[0-9a-f]{64}\b/g, "HASH"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "TOKEN"],
  [/(\d+m)?[\d.]+m?s \(\S+ including waiting\)/g, "DURATION (DURATION including waiting)"],
  [/\b10\.(9[6-9]|1[01]\d)\.\d+\.\d+/g, "CLUSTER-IP"],
  [/\b10\.244\.\d+\.\d+/g, "POD-IP"],
  [/\b192\.168\.49\.2\d\d\b/g, "EXTERNAL-IP"],
  [/\bnode-\d\/192\.168\.49\.\d+/g, "NODE"],
  [/\bto node-\d\b/g, "to NODE"],
  [/kube-api-access-\w{5}/g, "kube-api-access-XXXXX"],
  [/\b(coredns-[0-9a-z]{8,10}|kindnet|kube-proxy)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, "$1-XXXXX"],
  [/\b[0-9a-f]{13}\b/g, "CONTAINER-IDS"],
  [/\b127\.0\.0\.1:\d{5} - -/g, "127.0.0.1:PORT - -"],
];

export function mask(text: string): string {
  return GENERATED.reduce((masked, [pattern, name]) => masked.replace(pattern, name), text);
}

/** Runs a script on `lab` and gives all that a screen would show of it. */
export async function play(lab: Lab, script: string): Promise<string> {
  let screen = "";
  await runToEnd(
    lab,
    lab.run(script, {
      terminal: true,
      onOutput: (_stream, data) => {
        screen += data;
      },
    }),
    LIMIT_MS,
  );
  return mask(screen);
}

export const notesLab = (options: Partial<LabOptions> = {}): Lab => newLab({ seed: "notes", ...options });

/** A terminal for what is typed: keys in, screen out. */
export class Typist {
  private readonly screen: TestTerminal;

  constructor(lab: Lab, id: string) {
    this.screen = new TestTerminal(lab, id, { columns: 200, rows: 50 });
  }

  /** Waits for the first prompt. */
  async ready(): Promise<this> {
    await this.type("");
    return this;
  }

  async type(keys: string, waitMs = 500): Promise<string> {
    return mask(await this.screen.type(keys, waitMs));
  }
}
