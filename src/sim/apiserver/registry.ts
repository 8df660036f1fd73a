import { groupVersion, type KindDefinition, resourceName, storedResource } from "./kind";
import { compareGroupVersions } from "./priorities";

/** The kinds that an API server knows, found by any of their names. Never changes: new kinds make a new registry. */
export class KindRegistry {
  /** Kinds whose objects are in the store, each once however many versions show it. */
  readonly stored: readonly KindDefinition[];
  private readonly byResource = new Map<string, KindDefinition>();
  private readonly byPath = new Map<string, KindDefinition>();
  private readonly byKind = new Map<string, KindDefinition>();

  /** `hidden` are kinds whose objects are stored in a version that is not served. */
  constructor(
    readonly all: readonly KindDefinition[],
    readonly hidden: readonly KindDefinition[] = [],
  ) {
    this.stored = [...all, ...hidden].filter(
      (kind) => !kind.storedAs && (!kind.computed || kind.computed.besideStored),
    );
    for (const kind of [...all, ...hidden]) {
      const resource = resourceName(kind);
      if (!this.byResource.get(resource) || !kind.storedAs) this.byResource.set(resource, kind);
    }
    for (const kind of all) {
      this.byPath.set(`${kind.group}/${kind.version}/${kind.plural}`, kind);
      this.byKind.set(`${groupVersion(kind)}/${kind.kind}`, kind);
    }
  }

  /** By `deployments.apps`; asserts that it exists. Of several versions it is the stored one. */
  resource(resource: string): KindDefinition {
    const kind = this.byResource.get(resource);
    if (!kind) throw new Error(`no such resource: ${resource}`);
    return kind;
  }

  findResource(resource: string): KindDefinition | undefined {
    return this.byResource.get(resource);
  }

  /** The kind whose rules hold for the objects that `kind` shows: itself, unless it is a view of another. */
  storedKind(kind: KindDefinition): KindDefinition {
    return kind.storedAs ? this.resource(storedResource(kind)) : kind;
  }

  /** By the parts of a request's path. */
  find(group: string, version: string, plural: string): KindDefinition | undefined {
    return this.byPath.get(`${group}/${version}/${plural}`);
  }

  /** By an object's own `apiVersion` and `kind`. */
  findKind(apiVersion: string, kind: string): KindDefinition | undefined {
    return this.byKind.get(`${apiVersion}/${kind}`);
  }

  /** In the order of discovery. */
  groups(): string[] {
    return [...new Set(this.groupVersions().map(({ group }) => group))];
  }

  /** In the order of discovery, preferred versions first. */
  groupVersions(): { group: string; version: string }[] {
    const found = new Map(this.all.map(({ group, version }) => [`${group}/${version}`, { group, version }]));
    return [...found.values()].sort(compareGroupVersions);
  }

  versionsOf(group: string): string[] {
    return this.groupVersions()
      .filter((one) => one.group === group)
      .map(({ version }) => version);
  }
}
