/** An image is data. Tags of one repository share most of it; `catalog.ts` expands them. */
export interface Image {
  /** As containerd names it: `docker.io/library/nginx`. */
  repository: string;
  tag: string;
  /** `sha256:…`, derived from repository and tag. */
  digest: string;
  sizeBytes: number;
  entrypoint: string[];
  cmd: string[];
  env: Record<string, string>;
  workingDirectory: string;
  user: { uid: number; gid: number };
  exposedPorts: number[];
  /** Path -> content of what matters in the image beyond its base (configuration, web root, os-release, …). */
  files: Record<string, string>;
  /** Symbolic links beyond the base: path -> target, such as nginx's access log to /dev/stdout. */
  links?: Record<string, string>;
  /** argv[0] (base name or path) -> name of the program in `programs/`. */
  programs: Record<string, string>;
  /** Shell and tools: `none` (scratch: exec of sh fails), `busybox`, `debian`, `alpine`. */
  userland: "none" | "busybox" | "alpine" | "debian";
  /** Commands beyond the userland's own: `curl` in curl images. */
  extraCommands?: string[];
}
