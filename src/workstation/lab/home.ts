import { type FileEntry, type FileTree, fileTree } from "@/posix/files/tree";
import { NODE_ONLY } from "../tools/node";
import type { MachineInfo } from "../tools/tool";

export const HOME = "/home/learner";
export const WORKSTATION: MachineInfo = {
  hostname: "podium",
  user: { name: "learner", uid: 1000, gid: 1000 },
  home: HOME,
  kind: "workstation",
  place: { kind: "workstation" },
};

/** What every shell of the workstation starts with. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME,
  USER: "learner",
  LOGNAME: "learner",
  SHELL: "/bin/bash",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LANG: "C.UTF-8",
  TERM: "xterm-256color",
  HOSTNAME: "podium",
  EDITOR: "vi",
};

const own = { uid: 1000, gid: 1000 };

/** The files that all workstations share: a small Debian, one executable per tool. */
export function workstationTree(toolNames: readonly string[], kubeconfig: string, modifiedMs: number): FileTree {
  const entries: Record<string, FileEntry> = {
    "/bin": { target: "usr/bin" },
    "/sbin": { target: "usr/sbin" },
    "/usr/sbin": { directory: true },
    "/usr/local/bin": { directory: true },
    "/usr/local/sbin": { directory: true },
    "/etc/hostname": "podium\n",
    "/etc/hosts": "127.0.0.1\tlocalhost\n127.0.1.1\tpodium\n::1\tlocalhost ip6-localhost ip6-loopback\n",
    "/etc/resolv.conf": "nameserver 192.168.49.1\n",
    "/etc/os-release":
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL="https://www.debian.org/"\n',
    "/etc/debian_version": "12.11\n",
    "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\nlearner:x:1000:1000:Learner:/home/learner:/bin/bash\n",
    "/etc/group": "root:x:0:\nlearner:x:1000:\n",
    "/etc/shadow": { content: "root:*:19700:0:99999:7:::\nlearner:*:19700:0:99999:7:::\n", mode: 0o640 },
    "/etc/shells": "/bin/sh\n/bin/bash\n",
    "/root": { directory: true, mode: 0o700 },
    "/tmp": { directory: true, mode: 0o1777 },
    "/var/tmp": { directory: true, mode: 0o1777 },
    "/dev/null": { device: "null" },
    "/dev/zero": { device: "zero" },
    "/dev/tty": { device: "tty" },
    "/proc/version":
      "Linux version 6.1.0-37-amd64 (debian-kernel@lists.debian.org) #1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1\n",
    [HOME]: { directory: true, ...own },
    [`${HOME}/.bashrc`]: { content: "# Read by each new terminal.\nalias ll='ls -l'\nalias la='ls -A'\n", ...own },
    [`${HOME}/.kube`]: { directory: true, ...own },
    [`${HOME}/.kube/config`]: { content: kubeconfig, mode: 0o600, ...own },
  };
  for (const name of ["sh", "bash", ...toolNames.filter((name) => !NODE_ONLY.has(name))])
    entries[`/usr/bin/${name}`] = { content: "\x7fELF", mode: 0o755 };
  return fileTree(entries, modifiedMs);
}
