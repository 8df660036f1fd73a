import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { kinds } from "@/sim/kinds";
import { schemaKey, schemaOf } from "@/sim/kinds/schema";
import { decodeProtobuf } from "./decode";

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ""), "hex"));

test("the body that kubectl create namespace sends", () => {
  const body = hex(`6b387300 0a0f 0a027631 1209 4e616d657370616365
    1215 0a0d 0a03 666f6f 1200 1a00 2200 3800 1200 1a02 0a00`);
  expect(decodeProtobuf(body)).toEqual({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "foo" },
    spec: {},
    status: {},
  });
});

test("what is cut off is refused", () => {
  expect(() => decodeProtobuf(hex("6b387300 0a0f 0a02"))).toThrow("unexpected EOF");
  expect(() => decodeProtobuf(hex("7b7d"))).toThrow("does not appear to be a protobuf message");
});

const GOLDEN = new URL("../../../../../shared/golden/api-objects-json-yaml-pb.tar.gz", import.meta.url).pathname;

test.skipIf(!existsSync(GOLDEN))("every kind of Kubernetes filled in (skipped without the golden data)", () => {
  const read = (name: string) =>
    execFileSync("tar", ["xzOf", GOLDEN, `HEAD/${name}`], { stdio: ["ignore", "pipe", "ignore"] });
  const failures: unknown[] = [];
  for (const { group, version, kind } of kinds.all) {
    const name = `${group || "core"}.${version}.${kind}`;
    const real = JSON.parse(String(read(`${name}.json`)));
    const decoded = decodeProtobuf(read(`${name}.pb`));
    const key = schemaKey(real.apiVersion, real.kind)!;
    const difference = firstDifference(known(real, key), decoded, "");
    if (difference) failures.push({ name, difference });
  }
  expect(failures).toEqual([]);
});

/** The recording is of a later version: fields that 1.33 does not have are left out. */
function known(value: any, type: string): any {
  if (type.startsWith("[]") && Array.isArray(value)) return value.map((item) => known(item, type.slice(2)));
  const schema = schemaOf(type);
  if (!schema || typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => schema.fields[name]);
  return Object.fromEntries(fields.map(([name, field]) => [name, known(field, schema.fields[name]!)]));
}

function firstDifference(real: any, ours: any, path: string): string | undefined {
  if (typeof real !== "object" || real === null || typeof ours !== "object" || ours === null)
    return Object.is(real, ours) ? undefined : `${path}: ${JSON.stringify(real)} ${JSON.stringify(ours)}`;
  for (const key of new Set([...Object.keys(real), ...Object.keys(ours)])) {
    const found = firstDifference(real[key], ours[key], `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}
