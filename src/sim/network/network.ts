import type { DnsAnswer, NetworkRequest, NetworkResponse, Place } from "./types";

/** The network of one cluster. It keeps no connections: each exchange is decided at once, with the time that it takes. */
export interface Network {
  request(request: NetworkRequest): NetworkResponse;
  resolve(from: Place, name: string, type?: "A" | "SRV" | "PTR"): DnsAnswer;
}
