import type { FieldError } from "../../../apiserver/status";
import { invalid } from "../../validation/field-error";
import { isDns1123Subdomain } from "../../validation/names";

const MAX_CREDENTIAL_KIB = 64;
const MAX_DOMAIN = 256;
const MAX_USER = 104;
const NET_BIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DNS_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const DNS = new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`);
const BAD_USER = /["/\\:;|=,+*?<>@[\]]/;
const CONTROL = /[\x00-\x1f\x7f]/;

/** What only containers on Windows have: credentials, and a user by a name. */
export function validateWindowsOptions(options: any, path: string): FieldError[] {
  if (!options) return [];
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options;
  const errors: FieldError[] = [];
  if (name !== undefined)
    for (const text of isDns1123Subdomain(name)) errors.push(invalid(`${path}.gmsaCredentialSpecName`, name, text));
  if (spec === "")
    errors.push(invalid(`${path}.gmsaCredentialSpec`, spec, "gmsaCredentialSpec cannot be an empty string"));
  else if (spec !== undefined && spec.length > MAX_CREDENTIAL_KIB * 1024)
    errors.push(
      invalid(`${path}.gmsaCredentialSpec`, spec, `gmsaCredentialSpec size must be under ${MAX_CREDENTIAL_KIB} KiB`),
    );
  if (user !== undefined)
    for (const text of userNameComplaints(user)) errors.push(invalid(`${path}.runAsUserName`, user, text));
  return errors;
}

/** `DOMAIN\user`, or the user alone. */
function userNameComplaints(name: string): string[] {
  if (name === "") return ["runAsUserName cannot be an empty string"];
  if (CONTROL.test(name)) return ["runAsUserName cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return ["runAsUserName cannot contain more than one backslash"];
  const user = parts.at(-1)!;
  const domain = parts.length === 2 ? parts[0]! : undefined;
  const complaints: string[] = [];
  if ((domain ?? "").length >= MAX_DOMAIN)
    complaints.push(`runAsUserName's Domain length must be under ${MAX_DOMAIN} characters`);
  if (domain !== undefined && !NET_BIOS.test(domain) && !DNS.test(domain))
    complaints.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  if (user === "") complaints.push("runAsUserName's User cannot be empty");
  else if (user.length > MAX_USER)
    complaints.push(`runAsUserName's User length must not be longer than ${MAX_USER} characters`);
  if (/^[. ]+$/.test(user)) complaints.push("runAsUserName's User cannot contain only periods or spaces");
  if (BAD_USER.test(user))
    complaints.push(`runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`);
  return complaints;
}
