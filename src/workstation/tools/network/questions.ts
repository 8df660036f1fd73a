import type { DnsRecord, RecordType } from "@/sim/network/dns/types";
import type { DnsAnswer } from "@/sim/network/types";
import type { ToolContext } from "../tool";

/** What the tools that ask name servers have in common. */

const TYPES: readonly RecordType[] = ["A", "AAAA", "CNAME", "SRV", "PTR", "TXT", "MX", "NS", "SOA"];

export const isAddress = (name: string): boolean => /^\d+(\.\d+){3}$/.test(name);
export const reverseName = (address: string): string => `${address.split(".").reverse().join(".")}.in-addr.arpa`;
export const dotted = (name: string): string => name.replace(/\.?$/, ".");

export function typeNamed(text: string | undefined): RecordType | undefined {
  return TYPES.find((type) => type === text?.toUpperCase());
}

/** `NXDOMAIN`, as status lines have it. */
export const CODES: Record<DnsAnswer["outcome"], string> = {
  ok: "NOERROR",
  "no-data": "NOERROR",
  nxdomain: "NXDOMAIN",
  servfail: "SERVFAIL",
  refused: "REFUSED",
  timeout: "SERVFAIL",
};

/** Whether this machine's small tools are busybox', whose words differ. */
export const isSmall = ({ machine }: ToolContext): boolean =>
  machine.userland === "busybox" || machine.userland === "alpine";

/** How each kind of record reads in nslookup and host. */
export const SENTENCES: Record<DnsRecord["type"], { nslookup: (one: DnsRecord) => string; host: string }> = {
  A: { nslookup: ({ name, data }) => `Name:\t${name}\nAddress: ${data}`, host: "has address" },
  CNAME: { nslookup: ({ name, data }) => `${name}\tcanonical name = ${dotted(data)}`, host: "is an alias for" },
  SRV: { nslookup: ({ name, data }) => `${name}\tservice = ${data}`, host: "has SRV record" },
  PTR: { nslookup: ({ name, data }) => `${name}\tname = ${data}`, host: "domain name pointer" },
};
