import type { Node } from "../../kinds/types";
import { internalIp } from "../places";
import { address, found, NO_DATA, NXDOMAIN, type Objects, type RecordType, type ZoneAnswer } from "./types";

const TTL_SECONDS = 60;

/** The resolver of the network around the cluster: it knows its machines and nothing of the world beyond. */
export function outsideAnswer(objects: Objects, name: string, type: RecordType): ZoneAnswer {
  const node = objects.get("nodes", undefined, name) as Node | undefined;
  const ip = name === "localhost" ? "127.0.0.1" : node && internalIp(node);
  if (ip === undefined) return NXDOMAIN;
  return type === "A" ? found([address(name, ip, TTL_SECONDS)]) : NO_DATA;
}
