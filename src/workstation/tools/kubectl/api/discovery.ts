import { CliError, ConnectionRefused } from "../errors";
import type { ApiClient } from "./client";

/** One kind that the server serves, as discovery describes it. */
export interface Resource {
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames: string[];
  categories: string[];
  namespaced: boolean;
  verbs: string[];
  subresources: string[];
}

export const groupVersionOf = ({ group, version }: Pick<Resource, "group" | "version">): string =>
  group ? `${group}/${version}` : version;
/** `deployments.apps` */
export const groupResourceOf = ({ group, plural }: Pick<Resource, "group" | "plural">): string =>
  group ? `${plural}.${group}` : plural;
/** `Deployment.apps` */
export const groupKindOf = ({ group, kind }: Pick<Resource, "group" | "kind">): string =>
  group ? `${kind}.${group}` : kind;
/** `deployment.apps`: how kubectl names an object's kind in its messages. */
export const kindNameOf = ({ group, kind }: Pick<Resource, "group" | "kind">): string =>
  group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();

/** `/apis/apps/v1/namespaces/default/deployments/web/scale` */
export function resourcePath(
  resource: Resource,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string {
  const root = resource.group ? `/apis/${resource.group}/${resource.version}` : `/api/${resource.version}`;
  const place = resource.namespaced && namespace ? `/namespaces/${namespace}` : "";
  return `${root}${place}/${resource.plural}${name ? `/${name}` : ""}${subresource ? `/${subresource}` : ""}`;
}

/** What the server serves, and which of it a word on the command line means. */
export class Discovery {
  private loaded?: Promise<Resource[]>;

  constructor(
    private readonly client: ApiClient,
    /** Told of each attempt to reach a server that does not answer. */
    private readonly onRefused: (error: Error) => void = () => {},
  ) {}

  /** What is asked of discovery is tried several times; each failure is told. */
  private async attempt<T>(tries: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ConnectionRefused) for (let i = 0; i < tries; i++) this.onRefused(error);
      throw error;
    }
  }

  /** All resources in order of preference: core first, then groups as the server lists them. */
  all(): Promise<Resource[]> {
    this.loaded ??= this.load();
    return this.loaded;
  }

  /** As `all`, for `api-resources`: tried once. */
  listed(): Promise<Resource[]> {
    return this.attempt(1, () => this.all());
  }

  async groupVersions(): Promise<{ groups: { name: string; versions: string[]; preferred: string }[] }> {
    const [core, named] = await Promise.all([this.client.get("/api"), this.client.get("/apis")]);
    const groups = [{ name: "", versions: core.versions as string[], preferred: core.versions[0] as string }];
    for (const group of named.groups ?? []) {
      const versions = group.versions.map((each: { version: string }) => each.version) as string[];
      groups.push({ name: group.name, versions, preferred: group.preferredVersion?.version ?? versions[0]! });
    }
    return { groups };
  }

  private async load(): Promise<Resource[]> {
    const { groups } = await this.groupVersions();
    const resources: Resource[] = [];
    for (const group of groups) {
      const versions = [group.preferred, ...group.versions.filter((version) => version !== group.preferred)];
      for (const version of versions) {
        const answer = await this.client.get(group.name ? `/apis/${group.name}/${version}` : `/api/${version}`);
        resources.push(...parse(group.name, version, answer.resources ?? []));
      }
    }
    return resources;
  }

  /** `po`, `pods`, `Pod`, `deployments.apps`, `deployments.v1.apps`; undefined where the server has no such thing. */
  async find(word: string): Promise<Resource | undefined> {
    const name = word.toLowerCase();
    const resources = await this.all();
    const [first, ...rest] = name.split(".");
    const named = (resource: Resource, text: string) =>
      resource.plural === text ||
      resource.singular === text ||
      resource.kind.toLowerCase() === text ||
      resource.shortNames.includes(text);
    if (rest.length === 0)
      return (
        resources.find((resource) => resource.plural === name) ?? resources.find((resource) => named(resource, name))
      );
    // A version alone does not do: \`pods.v1.\` names the core group by an empty word.
    const exact = resources.find(
      (resource) =>
        rest.length > 1 &&
        named(resource, first!) &&
        rest[0] === resource.version &&
        rest.slice(1).join(".") === resource.group,
    );
    if (exact) return exact;
    const group = rest.join(".");
    return (
      resources.find((resource) => named(resource, first!) && resource.group === group) ??
      resources.find((resource) => named(resource, first!) && resource.group !== "" && resource.group.startsWith(group))
    );
  }

  /** All that a plain word may mean, in order of preference: `events` of either group. */
  async findAll(word: string): Promise<Resource[]> {
    const name = word.toLowerCase();
    const resources = await this.attempt(2, () => this.all());
    const exact = resources.filter(({ plural, singular }) => plural === name || singular === name);
    if (exact.length > 0) return exact;
    const short = resources.find(({ shortNames }) => shortNames.includes(name));
    return short ? resources.filter(({ plural }) => plural === short.plural) : [];
  }

  /** As `find`, with the server's refusal as an error. */
  async require(word: string): Promise<Resource> {
    const resource = await this.attempt(4, () => this.find(word));
    if (resource) return resource;
    throw new CliError(`the server doesn't have a resource type ${JSON.stringify(word.split(".")[0])}`);
  }

  /** Resources of a category (`all`), or undefined where there is no such category. */
  async category(word: string): Promise<Resource[] | undefined> {
    try {
      const members = (await this.attempt(1, () => this.all())).filter(({ categories }) => categories.includes(word));
      return members.length > 0 ? members : undefined;
    } catch (error) {
      // Looking the word up as a type will say it again.
      if (error instanceof ConnectionRefused) return undefined;
      throw error;
    }
  }

  async forKind(apiVersion: string, kind: string): Promise<Resource | undefined> {
    return (await this.all()).find((resource) => groupVersionOf(resource) === apiVersion && resource.kind === kind);
  }
}

function parse(group: string, version: string, listed: any[]): Resource[] {
  const subresources = new Map<string, string[]>();
  for (const { name } of listed) {
    const [plural, sub] = (name as string).split("/");
    if (sub) subresources.set(plural!, [...(subresources.get(plural!) ?? []), sub]);
  }
  return listed
    .filter(({ name }) => !name.includes("/"))
    .map((each) => ({
      group,
      version,
      kind: each.kind,
      plural: each.name,
      singular: each.singularName || each.kind.toLowerCase(),
      shortNames: each.shortNames ?? [],
      categories: each.categories ?? [],
      namespaced: each.namespaced,
      verbs: each.verbs ?? [],
      subresources: subresources.get(each.name) ?? [],
    }));
}
