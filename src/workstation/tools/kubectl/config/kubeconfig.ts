import { dirname, resolvePath } from "@/posix/files/path";
import type { ToolContext } from "../../tool";
import { CliError } from "../errors";
import { printYaml } from "../printers/yaml";
import { parseYamlDocuments } from "../resource/yaml";

type Dict = Record<string, any>;

export interface NamedEntry {
  name: string;
  [content: string]: any;
}

/** The kubeconfig in force: `--kubeconfig`, `$KUBECONFIG` (several files merge, the first to name a thing wins), `~/.kube/config`. */
export class Kubeconfig {
  private constructor(
    private readonly tool: Pick<ToolContext, "files" | "machine" | "env" | "cwd">,
    readonly paths: string[],
    readonly data: Dict,
  ) {}

  static load(tool: Pick<ToolContext, "files" | "machine" | "env" | "cwd">, explicit: string): Kubeconfig {
    const paths = explicit
      ? [explicit]
      : tool.env.KUBECONFIG
        ? tool.env.KUBECONFIG.split(":").filter(Boolean)
        : [`${tool.env.HOME ?? tool.machine.home}/.kube/config`];
    const merged: Dict = emptyConfig();
    for (const path of paths) {
      if (!tool.files.stat(resolvePath(tool.cwd, path))) continue;
      merge(merged, readConfig(tool, path));
    }
    return new Kubeconfig(tool, paths, merged);
  }

  /** Fails where `--kubeconfig` names a file that is not there: who only reads or writes settings may do without. */
  requireExplicit(explicit: string): void {
    if (explicit && !this.tool.files.stat(resolvePath(this.tool.cwd, explicit)))
      throw new CliError(`stat ${explicit}: no such file or directory`);
  }

  get currentContext(): string {
    return this.data["current-context"] ?? "";
  }
  entries(section: "clusters" | "contexts" | "users"): NamedEntry[] {
    return this.data[section] ?? [];
  }
  find(section: "clusters" | "contexts" | "users", name: string): Dict | undefined {
    const singular = section.slice(0, -1);
    return this.entries(section).find((entry) => entry.name === name)?.[singular];
  }

  /** Changes the file that holds (or will hold) the setting and writes it back in kubectl's order. */
  modify(edit: (data: Dict) => void): string {
    const place = (name: string) => resolvePath(this.tool.cwd, name);
    const path = this.paths.find((candidate) => this.tool.files.stat(place(candidate))) ?? this.paths.at(-1)!;
    const data = emptyConfig();
    if (this.tool.files.stat(place(path))) merge(data, readConfig(this.tool, path));
    edit(data);
    this.tool.files.makeDirectory(dirname(place(path)), { recursive: true });
    this.tool.files.writeFile(place(path), printYaml(normalised(data)), 0o600);
    edit(this.data);
    return path;
  }
}

/** What Go's decoder says of a list where an object was to be. */
const NOT_AN_OBJECT =
  'couldn\'t get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

function readConfig(tool: Pick<ToolContext, "files" | "cwd">, path: string): Dict {
  try {
    const [document] = parseYamlDocuments(tool.files.readFile(resolvePath(tool.cwd, path)));
    if (Array.isArray(document)) throw new Error(NOT_AN_OBJECT);
    const data = (document as Dict | undefined) ?? {};
    if (data.kind && data.kind !== "Config")
      throw new Error(
        `no kind ${JSON.stringify(data.kind)} is registered for version ${JSON.stringify(data.apiVersion ?? "")} in scheme "k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50"`,
      );
    return data;
  } catch (error) {
    throw new CliError(`error loading config file "${path}": ${(error as Error).message}`);
  }
}

const emptyConfig = (): Dict => ({
  apiVersion: "v1",
  kind: "Config",
  clusters: [],
  contexts: [],
  users: [],
  preferences: {},
  "current-context": "",
});

function merge(into: Dict, from: Dict): void {
  for (const section of ["clusters", "contexts", "users"]) {
    const known = new Set(into[section].map((entry: NamedEntry) => entry.name));
    for (const entry of from[section] ?? []) if (!known.has(entry.name)) into[section].push(structuredCopy(entry));
  }
  if (!into["current-context"] && from["current-context"]) into["current-context"] = from["current-context"];
}

const structuredCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What is written even where it is empty. */
const REQUIRED: Record<string, Dict> = { clusters: { server: "" }, contexts: { cluster: "", user: "" } };

function withRequired(section: string, entry: NamedEntry): NamedEntry {
  const singular = section.slice(0, -1);
  return { ...entry, [singular]: { ...REQUIRED[section], ...entry[singular] } };
}

/** The form in which kubectl writes and shows a kubeconfig: empty sections are null, entries sorted by name. */
export function normalised(data: Dict): Dict {
  const section = (name: string) => {
    const entries = [...(data[name] ?? [])].sort((a: NamedEntry, b: NamedEntry) => (a.name < b.name ? -1 : 1));
    const written = entries.map((entry: NamedEntry) => withRequired(name, entry));
    return written.length > 0 ? written : null;
  };
  return { ...data, clusters: section("clusters"), contexts: section("contexts"), users: section("users") };
}
