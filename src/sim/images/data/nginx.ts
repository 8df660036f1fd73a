import { type ImagePart, type ImageRepository, MiB } from "../repository";
import { nginxFiles } from "./nginx-files";
import { alpineFiles, debianFiles } from "./os-release";

/** Version -> Debian release of the image, compressed size in MB, Alpine release. */
const VERSIONS: [version: string, debian: string, sizeMb: number, alpine: string][] = [
  ["1.7.1", "7", 39.9, "3.1.4"],
  ["1.7.9", "7", 39.9, "3.1.4"],
  ["1.8.1", "8", 55.9, "3.2.3"],
  ["1.9.1", "8", 55.8, "3.2.3"],
  ["1.9.14", "8", 71.7, "3.3.3"],
  ["1.10.0", "8", 71.6, "3.3.3"],
  ["1.10.3", "8", 71.9, "3.4.6"],
  ["1.11.13", "8", 72.1, "3.5.2"],
  ["1.12.2", "9", 44.1, "3.5.3"],
  ["1.13.12", "9", 44.3, "3.7.3"],
  ["1.14.0", "9", 44.6, "3.8.5"],
  ["1.14.2", "9", 44.7, "3.8.5"],
  ["1.15.12", "9", 44.7, "3.9.6"],
  ["1.16.0", "9", 44.7, "3.9.6"],
  ["1.16.1", "10", 50.8, "3.10.9"],
  ["1.17.10", "10", 51.0, "3.10.9"],
  ["1.18.0", "10", 53.6, "3.11.13"],
  ["1.19.0", "10", 53.6, "3.11.13"],
  ["1.19.10", "10", 53.7, "3.13.12"],
  ["1.20.2", "11", 56.7, "3.14.10"],
  ["1.21.0", "10", 53.7, "3.13.12"],
  ["1.21.6", "11", 56.7, "3.15.11"],
  ["1.22.1", "11", 57.0, "3.17.10"],
  ["1.23.0", "11", 56.7, "3.16.9"],
  ["1.23.4", "11", 57.2, "3.17.10"],
  ["1.24.0", "11", 57.3, "3.17.10"],
  ["1.25.3", "12", 70.5, "3.18.9"],
  ["1.25.5", "12", 70.9, "3.19.4"],
  ["1.26.0", "12", 70.9, "3.19.4"],
  ["1.26.3", "12", 72.2, "3.20.6"],
  ["1.27.0", "12", 71.0, "3.19.4"],
  ["1.27.5", "12", 72.4, "3.21.3"],
  ["1.28.0", "12", 72.2, "3.21.3"],
];

/** The `1.9` of 1.9.14 is the last of its line; `latest` and `stable` move with releases. */
function tags(): ImageRepository["tags"] {
  const all: Record<string, ImagePart | string> = {};
  for (const [version, debian, sizeMb, alpine] of VERSIONS) {
    const minor = version.split(".").slice(0, 2).join(".");
    const env = { NGINX_VERSION: version };
    const stopQuit = atLeast(version, 1, 19);
    all[version] = {
      sizeBytes: Math.round(sizeMb * 1_000_000),
      userland: "debian",
      env,
      files: { ...debianFiles(debian), ...nginxFiles(version) },
      ...entry(stopQuit),
    };
    all[`${version}-alpine`] = {
      sizeBytes: Math.round((atLeast(version, 1, 21) ? 17.5 : 7.2) * MiB),
      userland: "alpine",
      env,
      files: { ...alpineFiles(alpine), ...nginxFiles(version) },
      ...entry(stopQuit),
    };
    all[minor] = version;
    all[`${minor}-alpine`] = `${version}-alpine`;
  }
  for (const [name, minor] of Object.entries({ "1": "1.27", latest: "1.27", mainline: "1.27", stable: "1.26" })) {
    all[name] = minor;
    all[name === "latest" ? "alpine" : `${name}-alpine`] = `${minor}-alpine`;
  }
  return all;
}

/** Since 1.19 the image starts through a script that runs /docker-entrypoint.d. */
function entry(withScript: boolean): ImagePart {
  return withScript ? { entrypoint: ["/docker-entrypoint.sh"] } : {};
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [own = 0, sub = 0] = version.split(".").map(Number);
  return own > major || (own === major && sub >= minor);
}

export const nginx: ImageRepository = {
  names: ["docker.io/library/nginx"],
  shared: {
    cmd: ["nginx", "-g", "daemon off;"],
    exposedPorts: [80],
    programs: {
      nginx: "nginx",
      "/usr/sbin/nginx": "nginx",
      "nginx-debug": "nginx",
      "/docker-entrypoint.sh": "nginx",
      "docker-entrypoint.sh": "nginx",
    },
    links: { "/var/log/nginx/access.log": "/dev/stdout", "/var/log/nginx/error.log": "/dev/stderr" },
    extraCommands: ["curl"],
  },
  tags: tags(),
};
