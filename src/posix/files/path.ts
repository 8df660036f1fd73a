/** Arithmetic on path names. Nothing here looks at files. */

/** `/a//b/../c/.` -> `/a/c`. A relative path is taken from `/`. */
export function normalise(path: string): string {
  // Most paths are in normal form already.
  if (path.startsWith("/") && !path.includes("//") && !path.includes("/.") && (path === "/" || !path.endsWith("/")))
    return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The absolute, normal form of `path` as seen from `directory`. */
export function resolvePath(directory: string, path: string): string {
  return normalise(path.startsWith("/") ? path : `${directory}/${path}`);
}

/** As dirname(1): `/a/b` -> `/a`, `a` -> `.`, `/` -> `/`. */
export function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  if (trimmed === "") return path.startsWith("/") ? "/" : ".";
  const slash = trimmed.lastIndexOf("/");
  if (slash < 0) return ".";
  return trimmed.slice(0, slash).replace(/\/+$/, "") || "/";
}

/** As basename(1): `/a/b/` -> `b`, `/` -> `/`. */
export function basename(path: string, suffix = ""): string {
  const trimmed = path.replace(/\/+$/, "");
  if (trimmed === "") return path.startsWith("/") ? "/" : "";
  const name = trimmed.slice(trimmed.lastIndexOf("/") + 1);
  return suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}
