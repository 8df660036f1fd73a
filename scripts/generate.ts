/**
 * Makes what the repository does not carry: the schemas of Kubernetes' kinds, from the type declarations and validators
 * of the package kubernetes-models. Runs after every install; it must be quick and must never make an install fail.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Descriptions, Schema, Schemas } from "../src/sim/kinds/schema/types";

const GROUP_VERSIONS = [
  "v1",
  "admissionregistration.k8s.io/v1",
  "apiextensions.k8s.io/v1",
  "apiregistration.k8s.io/v1",
  "apps/v1",
  "authentication.k8s.io/v1",
  "authorization.k8s.io/v1",
  "autoscaling/v1",
  "autoscaling/v2",
  "batch/v1",
  "certificates.k8s.io/v1",
  "coordination.k8s.io/v1",
  "discovery.k8s.io/v1",
  "events.k8s.io/v1",
  "networking.k8s.io/v1",
  "node.k8s.io/v1",
  "policy/v1",
  "rbac.authorization.k8s.io/v1",
  "scheduling.k8s.io/v1",
  "storage.k8s.io/v1",
];

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "src/sim/kinds/schema/generated");
const require = createRequire(import.meta.url);

/** Types that are one value in JSON, by the end of the name of their interface. */
const SCALARS: [suffix: string, type: string][] = [
  ["ApiResourceQuantity", "quantity"],
  ["UtilIntstrIntOrString", "intstr"],
  ["MetaV1MicroTime", "microtime"],
  ["MetaV1Time", "time"],
  ["MetaV1FieldsV1", "any"],
  ["RuntimeRawExtension", "any"],
];

/** Byte strings, which the declarations call texts. */
const BYTES = new Set([
  "Secret.data",
  "ConfigMap.binaryData",
  "WebhookClientConfig.caBundle",
  "APIServiceSpec.caBundle",
  "CertificateSigningRequestSpec.request",
  "CertificateSigningRequestStatus.certificate",
]);

/** The package follows the newest Kubernetes; the simulated server is 1.33 and knows nothing of these fields and kinds. */
const NEWER: Record<string, string[]> = {
  "v1/NodeStatus": ["declaredFeatures"],
  "v1/PodSpec": ["hostnameOverride", "schedulingGroup"],
  "v1/Container": ["restartPolicyRules"],
  "v1/EphemeralContainer": ["restartPolicyRules"],
  "v1/EnvVarSource": ["fileKeyRef"],
  "v1/VolumeProjection": ["podCertificate"],
  "v1/PodStatus": [
    "allocatedResources",
    "extendedResourceClaimStatus",
    "nodeAllocatableResourceClaimStatuses",
    "resources",
  ],
  "v1/ResourceHealth": ["message"],
  "v1/VolumeMountStatus": ["volumeStatus"],
  "apiextensions.k8s.io/v1/CustomResourceDefinitionStatus": ["observedGeneration"],
  "apiextensions.k8s.io/v1/CustomResourceDefinitionCondition": ["observedGeneration"],
  "storage.k8s.io/v1/CSIDriverSpec": ["preventPodSchedulingIfMissing", "serviceAccountTokenInSecrets"],
};
const NEWER_KINDS = new Set(["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "VolumeAttributesClass"]);

/** What the declarations leave out, because a claim in a template need not be complete. */
const SCHEMA = "apiextensions.k8s.io/v1/JSONSchemaProps";
const CORRECTIONS: Record<string, string> = {
  "apps/v1/StatefulSetSpec.volumeClaimTemplates": "[]v1/PersistentVolumeClaim",
  // A schema has schemas in it, and values of any type.
  ...Object.fromEntries(["allOf", "anyOf", "oneOf"].map((field) => [`${SCHEMA}.${field}`, `[]${SCHEMA}`])),
  ...Object.fromEntries(
    ["definitions", "patternProperties", "properties"].map((field) => [`${SCHEMA}.${field}`, `{}${SCHEMA}`]),
  ),
  ...Object.fromEntries(["items", "not"].map((field) => [`${SCHEMA}.${field}`, SCHEMA])),
  ...Object.fromEntries(["maximum", "minimum", "multipleOf"].map((field) => [`${SCHEMA}.${field}`, "number"])),
  ...Object.fromEntries(
    ["additionalItems", "additionalProperties", "default", "example"].map((field) => [`${SCHEMA}.${field}`, "any"]),
  ),
  [`${SCHEMA}.dependencies`]: "{}any",
  [`${SCHEMA}.enum`]: "[]any",
};

/** What 1.33 requires, where a later version, which the package follows, asks for more or for less. */
const REQUIRED: Record<string, string[]> = {
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding": [],
  "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBindingSpec": [],
  "authentication.k8s.io/v1/TokenRequest": ["spec"],
  "authentication.k8s.io/v1/TokenRequestSpec": ["audiences"],
  "authentication.k8s.io/v1/TokenRequestStatus": ["expirationTimestamp", "token"],
  "authentication.k8s.io/v1/TokenReviewSpec": [],
  "autoscaling/v1/HorizontalPodAutoscaler": [],
  "autoscaling/v2/HorizontalPodAutoscaler": [],
  "batch/v1/CronJob": [],
  "batch/v1/PodFailurePolicyOnPodConditionsPattern": ["type", "status"],
  "discovery.k8s.io/v1/EndpointSlice": ["addressType", "endpoints"],
  "networking.k8s.io/v1/IPAddress": [],
  "networking.k8s.io/v1/NetworkPolicySpec": ["podSelector"],
  "policy/v1/PodDisruptionBudgetStatus": ["currentHealthy", "desiredHealthy", "disruptionsAllowed", "expectedPods"],
  "rbac.authorization.k8s.io/v1/RoleRef": ["apiGroup", "kind", "name"],
  "scheduling.k8s.io/v1/PriorityClass": ["value"],
};

/** What the server answers with, beside objects. */
const ANSWERS = ["APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status", "WatchEvent"];

/** Every object says its version and kind; a reference to one is asked for those that it cannot do without. */
const TYPE_META = new Set(["apiVersion", "kind"]);

interface Module {
  /** Absolute path of the .d.ts file. */
  file: string;
  key: string;
}

class Generator {
  readonly schemas: Schemas = { types: {}, kinds: {} };
  readonly descriptions: Descriptions = {};
  private readonly models = dirname(require.resolve("kubernetes-models/package.json"));
  private readonly machinery = join(this.models, "../@kubernetes-models/apimachinery");

  run(): void {
    for (const groupVersion of GROUP_VERSIONS) {
      const index = join(this.models, groupVersion, "index.d.ts");
      if (!existsSync(index)) continue;
      for (const match of readFileSync(index, "utf8").matchAll(/from "\.\/(\w+)(?:\.js)?"/g)) {
        const file = join(this.models, groupVersion, `${match[1]}.d.ts`);
        const text = readFileSync(file, "utf8");
        if (!text.includes('"kind": "') || !text.includes("extends TypeMeta") || match[1]!.endsWith("List")) continue;
        if (NEWER_KINDS.has(match[1]!)) continue;
        this.schemas.kinds[`${groupVersion}/${match[1]}`] = this.add(file);
      }
    }
    for (const name of ANSWERS) this.add(join(this.machinery, "apis/meta/v1", `${name}.d.ts`));
    this.add(join(this.machinery, "version/Info.d.ts"));
  }

  private keyOf(file: string): string {
    if (file.startsWith(`${this.machinery}/`))
      return file.slice(this.machinery.length + 1, -".d.ts".length).replace(/^apis\//, "");
    return file.slice(this.models.length + 1, -".d.ts".length);
  }

  /** Reads a declaration and all that it refers to; gives its key. */
  private add(file: string): string {
    const key = this.keyOf(file);
    if (this.schemas.types[key]) return key;
    const schema: Schema = { fields: {} };
    this.schemas.types[key] = schema;
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const imports = this.imports(source, file);
    const declaration = source.statements.find(ts.isInterfaceDeclaration);
    if (!declaration) return key;
    const name = declaration.name.text.replace(/^I/, "");
    const texts: Record<string, string> = {};
    this.descriptions[key] = texts;
    const about = description(declaration);
    if (about) texts[""] = about;
    const formats = new Formats(this.validatorOf(source));
    const isObject = source.text.includes("extends TypeMeta");
    for (const member of declaration.members) {
      if (!ts.isPropertySignature(member) || !member.type) continue;
      const field = (member.name as ts.StringLiteral | ts.Identifier).text;
      if (NEWER[key]?.includes(field)) continue;
      const bytes = BYTES.has(`${name}.${field}`);
      const corrected = CORRECTIONS[`${key}.${field}`];
      schema.fields[field] =
        corrected ??
        this.type(member.type, imports, { number: () => formats.of(field), string: bytes ? "bytes" : "string" });
      if (!member.questionToken && !(isObject && TYPE_META.has(field)))
        schema.required = [...(schema.required ?? []), field];
      const values = literals(member.type);
      if (values && field !== "apiVersion" && field !== "kind") schema.enums = { ...schema.enums, [field]: values };
      const text = description(member);
      if (text) texts[field] = text;
    }
    const required = REQUIRED[key];
    if (required) schema.required = required;
    if (schema.required?.length === 0) delete schema.required;
    return key;
  }

  private imports(source: ts.SourceFile, file: string): Map<string, Module> {
    const imports = new Map<string, Module>();
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement) || !statement.importClause?.namedBindings) continue;
      const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
      let path: string;
      if (specifier.startsWith("@kubernetes-models/apimachinery/")) {
        path = join(this.machinery, specifier.slice("@kubernetes-models/apimachinery/".length));
      } else if (specifier.startsWith(".")) {
        path = join(dirname(file), specifier);
      } else {
        continue;
      }
      const found = `${path.replace(/\.js$/, "")}.d.ts`;
      for (const element of (statement.importClause.namedBindings as ts.NamedImports).elements) {
        imports.set(element.name.text, { file: found, key: this.keyOf(found) });
      }
    }
    return imports;
  }

  private type(node: ts.TypeNode, imports: Map<string, Module>, plain: { number(): string; string: string }): string {
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return plain.string;
      case ts.SyntaxKind.NumberKeyword:
        return plain.number();
      case ts.SyntaxKind.BooleanKeyword:
        return "bool";
    }
    if (ts.isArrayTypeNode(node)) return `[]${this.type(node.elementType, imports, plain)}`;
    if (ts.isLiteralTypeNode(node)) return "string";
    if (ts.isUnionTypeNode(node)) return literals(node) ? "string" : "any";
    if (ts.isTypeLiteralNode(node)) {
      const index = node.members.find(ts.isIndexSignatureDeclaration);
      return index ? `{}${this.type(index.type, imports, plain)}` : "any";
    }
    if (!ts.isTypeReferenceNode(node)) return "any";
    const name = node.typeName.getText();
    if (name === "Array") return `[]${this.type(node.typeArguments![0]!, imports, plain)}`;
    const scalar = SCALARS.find(([suffix]) => name.endsWith(suffix));
    if (scalar) return scalar[1];
    const module = imports.get(name);
    return module && existsSync(module.file) ? this.add(module.file) : "any";
  }

  /** The compiled validator of a declaration, whose formats tell int32 from int64. */
  private validatorOf(source: ts.SourceFile): string {
    const alias = /export type \{ I\w+ as I(IoK8s\w+)/.exec(source.text)?.[1];
    if (!alias) return "";
    const base = source.fileName.startsWith(`${this.machinery}/`) ? this.machinery : this.models;
    const file = join(base, "_schemas", `${alias}.js`);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }
}

class Formats {
  private readonly functions = new Map<string, string>();
  private readonly names = new Map<string, string>();

  constructor(private readonly text: string) {
    for (const part of text.split(/(?=function validate\d+\()/)) {
      const name = /^function (validate\d+)\(/.exec(part)?.[1];
      if (name) this.functions.set(name, part);
    }
    for (const match of text.matchAll(/(formats\d+)=formats\.(\w+)/g)) this.names.set(match[1]!, match[2]!);
  }

  of(field: string): string {
    const call = new RegExp(`(validate\\d+)\\(data\\.${field},`).exec(this.text)?.[1];
    const format = call && this.search(call, 0);
    return format === "int64" || format === "int32" ? format : format === "double" ? "number" : "int64";
  }

  private search(name: string, depth: number): string | undefined {
    const body = this.functions.get(name);
    if (!body || depth > 3) return undefined;
    const own = /(formats\d+)\.validate/.exec(body)?.[1];
    if (own) return this.names.get(own);
    for (const match of body.matchAll(/(validate\d+)\(data/g)) {
      if (match[1] === name) continue;
      const found = this.search(match[1]!, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
}

function literals(node: ts.TypeNode): string[] | undefined {
  const nodes = ts.isUnionTypeNode(node) ? [...node.types] : [node];
  const values = nodes.map((part) =>
    ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? part.literal.text : undefined,
  );
  return values.every((value) => value !== undefined) ? (values as string[]) : undefined;
}

function description(node: ts.Node): string | undefined {
  const doc = (node as { jsDoc?: ts.JSDoc[] }).jsDoc?.at(-1)?.comment;
  return typeof doc === "string" ? doc : undefined;
}

const modules = (schemas: Schemas, descriptions: Descriptions): Record<string, string> => ({
  "structure.ts": `// Made by scripts/generate.ts.\nimport type { Schemas } from "../types";\n\nexport const schemas: Schemas = JSON.parse(${JSON.stringify(JSON.stringify(schemas))});\n`,
  // Only \`kubectl explain\` and the editor read these, so they stay a text until then.
  "descriptions.ts": `// Made by scripts/generate.ts.\nexport const descriptionsJson: string = ${JSON.stringify(JSON.stringify(descriptions))};\n`,
});

function write(schemas: Schemas, descriptions: Descriptions): void {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(modules(schemas, descriptions))) {
    const file = join(target, name);
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  }
}

try {
  const generator = new Generator();
  generator.run();
  write(generator.schemas, generator.descriptions);
} catch (error) {
  console.warn(
    `generate: no schemas (${(error as Error).message}); field names and types of manifests will not be checked`,
  );
  if (!existsSync(join(target, "structure.ts"))) write({ types: {}, kinds: {} }, {});
}
