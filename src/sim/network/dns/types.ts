import type { KubeObject } from "../../types";

/** Kinds of records that somebody may ask for; the cluster has addresses of IPv4, so AAAA has no data. */
export type RecordType = "A" | "AAAA" | "CNAME" | "SRV" | "PTR" | "TXT" | "MX" | "NS" | "SOA";

export interface DnsRecord {
  name: string;
  type: "A" | "CNAME" | "SRV" | "PTR";
  ttl: number;
  data: string;
}

export interface ZoneAnswer {
  outcome: "ok" | "nxdomain" | "no-data" | "servfail" | "refused";
  records: DnsRecord[];
}

export const NXDOMAIN: ZoneAnswer = { outcome: "nxdomain", records: [] };
export const NO_DATA: ZoneAnswer = { outcome: "no-data", records: [] };
export const SERVFAIL: ZoneAnswer = { outcome: "servfail", records: [] };
export const found = (records: DnsRecord[]): ZoneAnswer => ({ outcome: "ok", records });
export const address = (name: string, data: string, ttl: number): DnsRecord => ({ name, type: "A", ttl, data });

/** Reads the cluster's objects, as the store does and as a program's watches do. */
export interface Objects {
  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(resource: string, namespace?: string): readonly KubeObject[];
}
