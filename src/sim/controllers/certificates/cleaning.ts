import { parseRfc3339 } from "../../kernel/time";
import { conditionsOf } from "../../kinds/certificate-signing-request/conditions";
import { textOfBytes } from "../../kinds/certificate-signing-request/validation";
import type { CertificateSigningRequest } from "../../kinds/types";
import { parseCertificate } from "../../network/pki";
import type { Controller } from "../controller";
import { REQUESTS } from "./signing";

const HOUR_MS = 3600 * 1000;
const PENDING_MS = 24 * HOUR_MS;

/** Takes away requests that are settled for an hour, or that nobody has looked at for a day (csrcleaning). */
export const cleaningController: Controller = {
  name: "csrcleaning-controller",
  *keysFor({ type, resource, object }) {
    if (resource === REQUESTS && type !== "DELETED") yield object.metadata.name;
  },
  sync(sim, name) {
    const request = sim.store.get(REQUESTS, undefined, name) as CertificateSigningRequest | undefined;
    if (!request) return undefined;
    const dueMs = expiryMs(request);
    if (dueMs > sim.kernel.nowMs) return { requeueAfterMs: dueMs - sim.kernel.nowMs };
    sim.api("certificate-controller").delete(REQUESTS, undefined, name);
    return undefined;
  },
};

function expiryMs(request: CertificateSigningRequest): number {
  const createdMs = parseRfc3339(String(request.metadata.creationTimestamp)) ?? 0;
  const decided = conditionsOf(request).filter(({ type }) => ["Approved", "Denied", "Failed"].includes(type));
  const times = decided.map(({ lastUpdateTime }) => (parseRfc3339(String(lastUpdateTime)) ?? createdMs) + HOUR_MS);
  const certificate = parseCertificate(textOfBytes(request.status?.certificate) ?? "");
  if (certificate) times.push(certificate.notAfterMs);
  return times.length > 0 ? Math.min(...times) : createdMs + PENDING_MS;
}
