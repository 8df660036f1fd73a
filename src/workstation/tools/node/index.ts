import type { Tool } from "../tool";
import { crictl } from "./crictl";
import { etcdctl } from "./etcdctl";
import { journalctl } from "./journalctl";
import { ssh } from "./ssh";
import { sudo } from "./sudo";
import { systemctl } from "./systemctl";

/** What a node has beside the tools of any machine. */
const ON_NODES: Tool[] = [crictl, etcdctl, journalctl, sudo, systemctl];

export const nodeTools: Tool[] = [ssh, ...ON_NODES];
export const NODE_ONLY: ReadonlySet<string> = new Set(ON_NODES.map(({ name }) => name));
