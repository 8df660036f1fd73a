import { curl } from "../curl";
import { openssl } from "../openssl";
import type { Tool } from "../tool";
import { wget } from "../wget";
import { nc, telnet } from "./nc";
import { dig, host, nslookup } from "./nslookup";
import { ping } from "./ping";

/** What a machine on the network has beyond its text tools. */
export const networkTools: Tool[] = [curl, wget, openssl, nslookup, host, dig, nc, ping, telnet];
