import { curl } from "../curl";
import { openssl } from "../openssl";
import type { Tool } from "../tool";
import { wget } from "../wget";
import { dig } from "./dig";
import { nc, telnet } from "./nc";
import { getent, host, nslookup } from "./nslookup";
import { ping } from "./ping";

/** What a machine on the network has beyond its text tools. */
export const networkTools: Tool[] = [curl, wget, openssl, nslookup, host, dig, getent, nc, ping, telnet];
