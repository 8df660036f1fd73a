import { type FileEntry, type FileTree, fileTree } from "@/posix/files/tree";
import type { Image } from "../../images/image";
import { userlandFiles } from "../../images/userland";

/** Directories that every root file system has, and those that tell one family of images from another. */
const DIRECTORIES = ["/dev", "/etc", "/proc", "/sys"];
const FAMILIES: Record<Image["userland"], string[]> = {
  none: ["/tmp", "/var/run"],
  busybox: ["/home", "/lib", "/lib64", "/root", "/tmp", "/usr", "/var/log", "/var/run", "/var/spool/mail"],
  alpine: [
    "/home",
    "/lib",
    "/media",
    "/mnt",
    "/opt",
    "/root",
    "/run",
    "/sbin",
    "/srv",
    "/tmp",
    "/usr/sbin",
    "/var/log",
    "/var/run",
    "/var/tmp",
  ],
  debian: [
    "/boot",
    "/home",
    "/lib",
    "/lib64",
    "/media",
    "/mnt",
    "/opt",
    "/root",
    "/run",
    "/sbin",
    "/srv",
    "/tmp",
    "/usr/sbin",
    "/var/log",
    "/var/run",
    "/var/tmp",
  ],
};
const DEVICES = ["null", "zero", "full", "random", "urandom", "tty"];

const trees = new WeakMap<Image, FileTree>();

/** The root file system of an image, made once and shared by all its containers. */
export function imageTree(image: Image): FileTree {
  let tree = trees.get(image);
  if (!tree) {
    const entries: Record<string, FileEntry> = {};
    for (const path of [...DIRECTORIES, ...FAMILIES[image.userland]]) {
      const mode = path === "/root" ? 0o700 : path.endsWith("/tmp") ? 0o1777 : 0o755;
      entries[path] = { directory: true, mode };
    }
    for (const name of DEVICES) entries[`/dev/${name}`] = { device: name };
    for (const name of ["stdin", "stdout", "stderr"]) entries[`/dev/${name}`] = { device: name, mode: 0o620 };
    for (const name of ["hosts", "hostname", "resolv.conf"]) entries[`/etc/${name}`] = "";
    Object.assign(entries, userlandFiles(image), image.files);
    for (const [path, target] of Object.entries(image.links ?? {})) entries[path] = { target };
    // A program of the image is a file in it, so that it can be listed and found in PATH.
    for (const path of Object.keys(image.programs)) {
      if (path.startsWith("/")) entries[path] ??= { content: "\u007fELF", mode: 0o755 };
      else if (!hasCommand(entries, path)) entries[`/usr/local/bin/${path}`] = { content: "\u007fELF", mode: 0o755 };
    }
    tree = fileTree(entries);
    trees.set(image, tree);
  }
  return tree;
}

const BIN = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

const hasCommand = (entries: Record<string, FileEntry>, name: string): boolean =>
  BIN.some((directory) => entries[`${directory}/${name}`] !== undefined);
