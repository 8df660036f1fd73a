import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type Database } from "../db/client";
import { testChallenge } from "../testing/challenge";
import { testDatabase } from "../testing/database";
import { HostedLab } from "./hosted-lab";
import { Journal } from "./journal";
import type { LabEvent, LabSeed } from "./messages";
import { podiumEngine } from "./podium-engine";

let db: Database;
let ownerId: string;

beforeAll(async () => {
  db = connectDatabase(await testDatabase(), 4);
  ownerId = (await db.user.create({ data: { id: "owner", name: "Owner", email: "owner@test.invalid" } })).id;
});
afterAll(() => db?.$disconnect());

async function newSeed(changes: Partial<LabSeed> = {}): Promise<LabSeed> {
  const startMs = Date.UTC(2026, 0, 5, 9);
  const lab = await db.lab.create({ data: { ownerId, seed: "seed", startMs } });
  return { labId: lab.id, seed: "seed", startMs, answers: {}, hintsTaken: 0, viewers: 1, ...changes };
}

/** A lab in memory with everything that it told, and its terminal as a person would use it. */
class Bench {
  readonly events: LabEvent[] = [];
  lab!: HostedLab;

  constructor(
    readonly seed: LabSeed,
    readonly journal = new Journal(db),
  ) {}

  static async open(seed: LabSeed, journal?: Journal): Promise<Bench> {
    const bench = new Bench(seed, journal);
    bench.lab = await HostedLab.open(seed, podiumEngine, bench.journal, (event) => bench.events.push(event));
    return bench;
  }

  screen(terminalId = "t1"): string {
    return this.events
      .map((event) =>
        event.event === "terminal:output" && event.payload.terminalId === terminalId ? event.payload.data : "",
      )
      .join("");
  }

  /** Types a line and waits for the next prompt; what came in between. */
  async type(line: string, terminalId = "t1"): Promise<string> {
    const before = this.screen(terminalId).length;
    await this.lab.input(terminalId, `${line}\r`);
    await this.until(() => /\$ $/.test(plain(this.screen(terminalId).slice(before))));
    return plain(this.screen(terminalId).slice(before));
  }

  async until(condition: () => boolean, limitMs = 8_000): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (!condition()) {
      if (performance.now() > deadline)
        throw new Error(`it did not happen; the terminal shows:\n${plain(this.screen()).slice(-800)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async terminal(id = "t1"): Promise<string> {
    const { scrollback } = await this.lab.openTerminal(id, 80, 24, true);
    if (!/\$ $/.test(plain(scrollback))) await this.until(() => /\$ $/.test(plain(this.screen(id))));
    return scrollback;
  }

  /** What a killed process leaves behind: what was committed, and nothing else. */
  crash(): Promise<Bench> {
    this.lab.end();
    return Bench.open({ ...this.seed });
  }
}

// biome-ignore lint/complexity/useRegexLiterals: escape sequences read better so
const ESCAPES = new RegExp("\\u001b\\[[0-9;?]*[A-Za-z]|\\u001b\\][^\\u0007]*\\u0007", "g");
const plain = (text: string) => text.replace(ESCAPES, "");

describe("a lab on its host", () => {
  it("comes back after a crash as it was acknowledged: cluster, files, shells, scrollback", async () => {
    const bench = await Bench.open(await newSeed());
    await bench.terminal();
    await bench.type("kubectl create configmap harbour --from-literal=ships=3");
    await bench.type("mkdir -p work && cd work && export COLOUR=red");
    await bench.type("echo hello > note.txt");
    const again = await bench.crash();
    const scrollback = plain(await again.terminal());
    expect(scrollback).toContain("configmap/harbour created");
    expect(
      await again.type(
        "kubectl get configmap harbour -o jsonpath={.data.ships}; echo; pwd; echo $COLOUR; cat note.txt",
      ),
    ).toMatch(/3\r?\n\/home\/learner\/work\r?\nred\r?\nhello/);
    await again.lab.input("t1", "\x1b[A");
    await again.until(() => plain(again.screen()).endsWith("cat note.txt"));
    again.lab.end();
  });

  it("lets no prompt out before the journal is on disk", async () => {
    const seed = await newSeed();
    const bench = await Bench.open(seed);
    await bench.terminal();
    let open!: () => void;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { write } = bench.journal as unknown as { write(...input: unknown[]): Promise<void> };
    Object.assign(bench.journal, {
      write: (...input: unknown[]) => gate.then(() => write.apply(bench.journal, input)),
    });
    const before = bench.screen().length;
    await bench.lab.input("t1", "kubectl create configmap slow\r");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(bench.screen().slice(before)).not.toContain("created");
    open();
    await bench.until(() => bench.screen().slice(before).includes("configmap/slow created"));
    bench.lab.end();
  });

  it("undoes the last command that changed something, and keeps that over a crash", async () => {
    const bench = await Bench.open(await newSeed());
    await bench.terminal();
    await bench.type("kubectl create configmap first");
    await bench.type("kubectl create configmap second; cd /tmp");
    await bench.type("kubectl get configmaps");
    expect(bench.lab.view().canUndo).toBe(true);
    await bench.lab.undo();
    const names = () =>
      bench.lab
        .view()
        .objects.filter((object) => object.resource === "configmaps" && object.namespace === "default")
        .map((object) => object.name);
    expect(names()).toEqual(expect.arrayContaining(["first"]));
    expect(names()).not.toContain("second");
    await bench.until(() => /undone: kubectl create configmap second[\s\S]*\$ $/.test(plain(bench.screen())));
    expect(await bench.type("pwd")).toContain("/home/learner\r");
    const again = await bench.crash();
    await again.terminal();
    expect(await again.type("kubectl get configmap second")).toContain("NotFound");
    expect(await again.type("kubectl get configmap first -o name")).toContain("configmap/first");
    again.lab.end();
  });

  it("can undo after a crash what was done since the last snapshot", async () => {
    const bench = await Bench.open(await newSeed());
    await bench.terminal();
    await bench.type("kubectl create configmap kept");
    await bench.type("kubectl delete configmap kept");
    const again = await bench.crash();
    await again.lab.undo();
    expect(again.lab.view().objects.some((object) => object.key === "configmaps/default/kept")).toBe(true);
    again.lab.end();
  });

  it("starts again on reset", async () => {
    const bench = await Bench.open(await newSeed());
    await bench.terminal();
    await bench.type("kubectl create configmap gone; cd /tmp");
    const view = await bench.lab.reset();
    expect(view.objects.some((object) => object.name === "gone")).toBe(false);
    await bench.until(() => /the lab starts again[\s\S]*\$ $/.test(plain(bench.screen())));
    expect(await bench.type("pwd")).toContain("/home/learner\r");
    bench.lab.end();
  });

  it("stops a loop with Ctrl-C, and meanwhile a neighbour answers as ever", async () => {
    const journal = new Journal(db);
    const [loop, neighbour] = await Promise.all([
      Bench.open(await newSeed(), journal),
      Bench.open(await newSeed(), journal),
    ]);
    await loop.terminal();
    await neighbour.terminal();
    await loop.lab.input("t1", "while true; do :; done\r");
    const begun = performance.now();
    expect(await neighbour.type("kubectl get nodes")).toContain("control-plane");
    expect(performance.now() - begun).toBeLessThan(1_500);
    await loop.lab.input("t1", "\x03");
    await loop.until(() => /\^C[\s\S]*\$ $/.test(plain(loop.screen())), 3_000);
    expect(await loop.type("echo alive")).toContain("alive");
    loop.lab.end();
    neighbour.lab.end();
  });

  it("lets time run while somebody looks on, and only then", async () => {
    const bench = await Bench.open(await newSeed({ viewers: 0 }));
    const start = bench.lab.time().nowMs;
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(bench.lab.time()).toEqual({ nowMs: start, speed: 0 });
    bench.lab.setViewers(1);
    await bench.terminal();
    expect(await bench.type("sleep 0.3; echo rested")).toContain("rested");
    expect(bench.lab.time().nowMs - start).toBeGreaterThanOrEqual(300);
    await bench.lab.control("pause");
    // An advance that was under way on a busy machine may still end.
    await new Promise((resolve) => setTimeout(resolve, 60));
    const paused = bench.lab.time();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(bench.lab.time()).toEqual({ ...paused, speed: 0 });
    await bench.lab.control("skip", 60_000);
    expect(bench.lab.time().nowMs).toBe(paused.nowMs + 60_000);
    bench.lab.end();
  });

  it("grades after each change and tells what is new", async () => {
    const bench = await Bench.open(await newSeed({ challenge: testChallenge() }));
    await bench.terminal();
    const reports = () =>
      bench.events.filter((event) => event.event === "report").map((event) => event.payload.newlyPassed);
    await bench.until(() => reports().length === 1);
    await bench.type("kubectl create configmap harbour");
    await bench.until(() => reports().length === 2);
    bench.lab.setAnswers({ port: "a" });
    expect((await bench.lab.grade()).passed).toBe(true);
    expect(reports()).toEqual([[], ["map-exists"], ["port-known"]]);
    bench.lab.end();
  });

  it("falls asleep and wakes up where it was", async () => {
    const bench = await Bench.open(await newSeed());
    await bench.terminal();
    await bench.type("kubectl create configmap dream; cd /tmp");
    const { nowMs } = bench.lab.time();
    await bench.lab.sleep();
    const awake = await Bench.open(bench.seed);
    expect(awake.lab.time().nowMs).toBeGreaterThanOrEqual(nowMs);
    expect(plain(await awake.terminal())).toContain("configmap/dream created");
    expect(await awake.type("pwd")).toContain("/tmp");
    awake.lab.end();
  });
});

describe("a lab that chaos strikes", () => {
  const mended = (bench: Bench) =>
    bench.events.flatMap((event) => (event.event === "mended" ? [event.payload.how] : []));

  async function struck(): Promise<Bench> {
    const bench = await Bench.open(await newSeed());
    await bench.terminal();
    await bench.type("kubectl run lone --image=nginx:1.25");
    await bench.lab.control("skip", 30_000);
    const { labId } = bench.seed;
    expect(await bench.lab.strike({ labId, roundId: "r", stroke: "kill-pods" })).toEqual({ fault: "kill-pods" });
    return bench;
  }

  it("keeps the stroke through a crash, and tells when all is well again", async () => {
    const bench = await (await struck()).crash();
    await bench.terminal();
    await bench.lab.control("skip", 30_000);
    expect(await bench.type("kubectl get pods")).toContain("No resources found");
    expect(mended(bench)).toEqual([]);
    await bench.type("kubectl run lone --image=nginx:1.25");
    await bench.lab.control("skip", 30_000);
    await bench.until(() => mended(bench).length > 0);
    expect(mended(bench)).toEqual(["recovered"]);
    bench.lab.end();
  });

  it("mends nothing by undo, and gives up by a reset", async () => {
    const bench = await struck();
    await expect(bench.lab.undo()).rejects.toMatchObject({ code: "CONFLICT" });
    await bench.lab.reset();
    await bench.until(() => mended(bench).length > 0);
    expect(mended(bench)).toEqual(["gave-up"]);
    bench.lab.end();
  });

  it("is spared where there is nothing to break", async () => {
    const bench = await Bench.open(await newSeed());
    expect(await bench.lab.strike({ labId: bench.seed.labId, roundId: "r", stroke: "kill-pods" })).toEqual({});
    bench.lab.end();
  });
});
