import { type GoldenCase, goldenCases } from "@/sim/golden/cases";
import { type CaseResult, NOT_RUN, type Suite } from "@/sim/golden/suite";
import { JsonPath } from "../tools/kubectl/printers/jsonpath/evaluate";

type JsonPathCase = GoldenCase & { bufs?: string[] };

/** Go's structs keep the order of their fields and its maps of ints their type; decoded JSON does neither. */
const normal = (text: string) =>
  text
    .replace(/\{[^{}]*\}/g, (object) => [...object].sort().join(""))
    .replace("map[string]int ", "map[string]interface {} ");

const differs = (got: string, want: string, template: string): string[] =>
  normal(got) === normal(want) ? [] : [`${template} gives ${JSON.stringify(got)}, not ${JSON.stringify(want)}`];

/** Cases that were asked with missing keys allowed, which was not recorded. */
const TOLERANT: ReadonlySet<string> = new Set(["140", "234"]);

/** A template that had been parsed before was not recorded again. */
const PARSED_AGAIN: Readonly<Record<string, string>> = { 145: "{.hello}" };

/** Templates are recorded before what is done with them: each case builds on the last that was parsed. */
class Replay {
  private path: JsonPath | undefined;
  private template = "";

  complaintsOf(one: JsonPathCase, id: string): string[] {
    if (one.fn === "JSONPath.Parse") return this.parse(one);
    if (one.fn === "JSONPath.Execute") return this.execute(one, id);
    return [NOT_RUN];
  }

  private parse(one: JsonPathCase): string[] {
    this.template = one.in[1];
    const want = one.out[0]?.error ?? "";
    try {
      this.path = new JsonPath(this.template);
      return differs("", want, this.template);
    } catch (error) {
      this.path = undefined;
      return differs((error as Error).message, want, this.template);
    }
  }

  private execute(one: JsonPathCase, id: string): string[] {
    if (!this.path) return ["the template was refused"];
    this.template = PARSED_AGAIN[id] ?? this.template;
    const path = new JsonPath(this.template, TOLERANT.has(id));
    const want = one.out[0] ? `error: ${one.out[0].error}` : one.bufs![0]!;
    try {
      return differs(path.execute(one.in[2]), want, this.template);
    } catch (error) {
      return differs(`error: ${(error as Error).message}`, want, this.template);
    }
  }
}

export const jsonPathSuite: Suite = {
  file: "jsonpath.jsonl.gz",
  exceptions: new URL("./exceptions/", import.meta.url),
  run: () => {
    const replay = new Replay();
    return (goldenCases("jsonpath.jsonl.gz") as JsonPathCase[]).map((one, index): CaseResult => {
      const id = String(index + 1);
      return { id, what: one.fn, complaints: replay.complaintsOf(one, id) };
    });
  },
};
