import { base64Decode } from "@/posix/files/bytes";
import { humanDuration } from "@/sim/kinds/printing";
import { parseCertificateRequest } from "@/sim/network/pki";
import { CliError } from "../../errors";
import { eventsLines } from "./events";
import type { Describer } from "./types";
import { mapText, timeText, type Writer } from "./writer";

/** What of a subject is told, in this order. */
const ATTRIBUTES: [attribute: string, title: string][] = [
  ["O", "Organization"],
  ["OU", "Organizational Unit"],
  ["C", "Country"],
  ["L", "Locality"],
  ["ST", "Province"],
  ["street", "StreetAddress"],
];
const ALT_NAMES: [kind: string, title: string][] = [
  ["DNS", "DNS Names"],
  ["email", "Email Addresses"],
  ["URI", "URIs"],
  ["IP", "IP Addresses"],
];

function list(w: Writer, title: string, values: string[]): void {
  if (values.length > 0) w.line(`\t${title}:\t${values.join("\n\t\t")}`);
}

function statusText({ conditions = [], certificate }: any): string {
  const has = (type: string) => conditions.some((one: any) => one.type === type);
  const decision = has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending";
  return `${decision}${has("Failed") ? ",Failed" : ""}${certificate ? ",Issued" : ""}`;
}

export const describeCertificateSigningRequest: Describer = async (w, object, world) => {
  const { metadata, spec = {}, status = {} } = object;
  const request = parseCertificateRequest(base64Decode(String(spec.request ?? "")) ?? "");
  if (!request) throw new CliError("Error parsing CSR: PEM block type must be CERTIFICATE REQUEST");
  const of = (attribute: string) => request.subject.filter(([name]) => name === attribute).map(([, value]) => value);
  w.line(`Name:\t${metadata.name}`);
  w.line(`Labels:\t${mapText(metadata.labels)}`);
  w.line(`Annotations:\t${mapText(metadata.annotations)}`);
  w.line(`CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`);
  w.line(`Requesting User:\t${spec.username ?? ""}`);
  if (spec.signerName) w.line(`Signer:\t${spec.signerName}`);
  if (spec.expirationSeconds !== undefined)
    w.line(`Requested Duration:\t${humanDuration(spec.expirationSeconds * 1000)}`);
  w.line(`Status:\t${statusText(status)}`);
  w.line("Subject:");
  w.line(`\tCommon Name:\t${of("CN").at(-1) ?? ""}`);
  w.line(`\tSerial Number:\t${of("serialNumber").at(-1) ?? ""}`);
  for (const [attribute, title] of ATTRIBUTES) list(w, title, of(attribute));
  if (request.altNames.length > 0) {
    w.line("Subject Alternative Names:");
    for (const [kind, title] of ALT_NAMES)
      list(
        w,
        title,
        request.altNames.filter((name) => name.kind === kind).map(({ value }) => value),
      );
  }
  eventsLines(w, await world.events(object), world.nowMs);
};
