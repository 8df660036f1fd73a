import type { RecordType } from "./dns/types";
import type { Ask } from "./resolver";
import type { DnsAnswer, NetworkRequest, NetworkResponse, Place } from "./types";

/** The network of one cluster. It keeps no connections: each exchange is decided at once, with the time that it takes. */
export interface Network {
  request(request: NetworkRequest): NetworkResponse;
  /** What the DNS server of this place answers (nslookup, dig): /etc/hosts plays no part. */
  resolve(from: Place, name: string, type?: RecordType, how?: Ask): DnsAnswer;
  /** What getaddrinfo finds: addresses, /etc/hosts (localhost, own name, hostAliases), then the DNS. */
  lookup(from: Place, name: string): DnsAnswer;
}
