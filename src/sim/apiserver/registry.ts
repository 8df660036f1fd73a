import { groupVersion, type KindDefinition, resourceName } from "./kind";

/** The kinds that an API server knows, found by any of their names. */
export class KindRegistry {
  private readonly byResource = new Map<string, KindDefinition>();
  private readonly byPath = new Map<string, KindDefinition>();
  private readonly byKind = new Map<string, KindDefinition>();

  constructor(readonly all: readonly KindDefinition[]) {
    for (const kind of all) {
      this.byResource.set(resourceName(kind), kind);
      this.byPath.set(`${kind.group}/${kind.version}/${kind.plural}`, kind);
      this.byKind.set(`${groupVersion(kind)}/${kind.kind}`, kind);
    }
  }

  /** By `deployments.apps`; asserts that it exists. */
  resource(resource: string): KindDefinition {
    const kind = this.byResource.get(resource);
    if (!kind) throw new Error(`no such resource: ${resource}`);
    return kind;
  }

  findResource(resource: string): KindDefinition | undefined {
    return this.byResource.get(resource);
  }

  /** By the parts of a request's path. */
  find(group: string, version: string, plural: string): KindDefinition | undefined {
    return this.byPath.get(`${group}/${version}/${plural}`);
  }

  /** By an object's own `apiVersion` and `kind`. */
  findKind(apiVersion: string, kind: string): KindDefinition | undefined {
    return this.byKind.get(`${apiVersion}/${kind}`);
  }

  groups(): string[] {
    return [...new Set(this.all.map((kind) => kind.group))];
  }
}
