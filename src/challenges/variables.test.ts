import { describe, expect, it } from "vitest";
import { parseChallenge } from "./parse";
import { RenderError, renderText } from "./render";
import { drawVariables, parseVariables } from "./variables";

const parsed = (source: string) => {
  const result = parseVariables(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.variables;
};

describe("variables", () => {
  const spec = parsed(`
app: { pick: [atlas, beacon, comet] }
port: { from: 8000, to: 8002 }
culprit: { pick: [selector, port] }
target: { by: culprit, cases: { port: "1@{port}" }, otherwise: "@{port}" }
`);

  it("are drawn alike by the same seed, and differ between seeds", () => {
    expect(drawVariables(spec, "a")).toEqual(drawVariables(spec, "a"));
    const seen = new Set(Array.from({ length: 60 }, (_, seed) => JSON.stringify(drawVariables(spec, `s${seed}`))));
    expect(seen.size).toBeGreaterThan(12);
    expect(seen.size).toBeLessThanOrEqual(18);
  });

  it("follow the variables above them", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { culprit, port, target } = drawVariables(spec, String(seed));
      expect(target).toBe(culprit === "port" ? `1${port}` : port);
      expect(Number(port)).toBeGreaterThanOrEqual(8000);
      expect(Number(port)).toBeLessThanOrEqual(8002);
    }
  });

  it("are refused with the place where they are wrong", () => {
    expect(parseVariables("a: { by: b, cases: {} }\nc: { from: 2, to: 1 }")).toEqual({
      ok: false,
      problems: [
        { file: "variables.yaml", field: "a", message: "there is no variable b above it" },
        { file: "variables.yaml", field: "c", message: "ends before it begins" },
      ],
    });
    expect(parseVariables("a: { pick: [only] }").ok).toBe(false);
    expect(parseVariables("a: [").ok).toBe(false);
  });
});

describe("rendering", () => {
  it("fills in values and keeps the lines that apply", () => {
    const text = "name: @{app}\n@{if culprit=port, probe}\nport: 1\n@{else}\nport: 2\n@{end}\n$HOME [[ a ]] {{ b }}";
    expect(renderText(text, { app: "atlas", culprit: "probe" })).toBe("name: atlas\nport: 1\n$HOME [[ a ]] {{ b }}");
    expect(renderText(text, { app: "atlas", culprit: "selector" })).toContain("port: 2");
    expect(renderText("@{if a!=x}\nA\n@{if a=y}\nB\n@{end}\n@{end}", { a: "y" })).toBe("A\nB");
  });

  it("names the line of what it does not know", () => {
    const failure = (text: string) => {
      try {
        renderText(text, { a: "1" });
      } catch (error) {
        return error instanceof RenderError && `${error.line}: ${error.message}`;
      }
      return undefined;
    };
    expect(failure("x\n@{b}")).toBe("2: there is no variable b");
    expect(failure("@{constructor}")).toBe("1: there is no variable constructor");
    expect(failure("@{end}")).toBe("1: @{end} closes nothing");
    expect(failure("@{else}")).toBe("1: @{else} stands outside of any @{if …}");
    expect(failure("@{if a=1}\nx")).toBe("2: an @{if …} is not closed by @{end}");
  });
});

describe("a challenge with variables", () => {
  const files = {
    "variables.yaml": "app: { pick: [atlas, beacon] }",
    "challenge.yaml": `
id: pods/x
version: 1
title: { en: "Mend @{app}" }
summary: { en: Mend it. }
tracks: [pods]
difficulty: easy
minutes: 5
goals: [{ en: Mend it. }]
checks: [{ id: up, text: { en: It is up. }, points: 10, condition: { cel: 'object("pods", "@{app}") != null' } }]
`,
    "brief.en.md": "Mend @{app}.",
    "setup/pod.yaml": "name: @{app}",
    "solutions/a.sh": "kubectl run @{app}",
  };

  it("is another one for another seed, and its scripts go with it", () => {
    const names = new Set<string>();
    for (let seed = 0; seed < 10; seed++) {
      const result = parseChallenge("pods/x", files, String(seed));
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      const name = result.challenge.variables.app!;
      names.add(name);
      expect(result.challenge.title.en).toBe(`Mend ${name}`);
      expect(result.challenge.brief.en).toBe(`Mend ${name}.`);
      expect(result.challenge.setup[0]!.content).toBe(`name: ${name}`);
      expect(result.files["solutions/a.sh"]).toBe(`kubectl run ${name}`);
    }
    expect([...names].sort()).toEqual(["atlas", "beacon"]);
  });

  it("says where a text names what is not there", () => {
    const result = parseChallenge("pods/x", { ...files, "brief.en.md": "Hello\n@{nobody}" });
    expect(result).toEqual({
      ok: false,
      problems: [{ file: "brief.en.md", line: 2, message: "there is no variable nobody" }],
    });
  });
});
