import type { FieldError } from "../../apiserver/status";
import { isIp, isIpv4, NOT_AN_IP } from "../validation/addresses";
import { duplicate, invalid, notSupported } from "../validation/field-error";
import { hasClusterAddress } from "./defaults";

const FAMILIES = ["IPv4", "IPv6"];
const FAMILY_POLICIES = ["PreferDualStack", "RequireDualStack", "SingleStack"];

const familyOf = (ip: string) => (isIpv4(ip) ? "IPv4" : "IPv6");

/** clusterIP, clusterIPs and ipFamilies, which must agree with each other. */
export function validateClusterIps(spec: any): FieldError[] {
  if (!hasClusterAddress(spec.type)) return [];
  const errors: FieldError[] = [];
  const ips: string[] = spec.clusterIPs ?? [];
  const families: string[] = spec.ipFamilies ?? [];
  const path = "spec.clusterIPs";
  if (!spec.clusterIP && ips.length > 0)
    errors.push(invalid(path, ips, "must be empty when `clusterIP` is not specified"));
  else if (spec.clusterIP && ips.length > 0 && ips[0] !== spec.clusterIP) {
    errors.push(invalid(path, ips, "first value must match `clusterIP`"));
  }
  const seen = new Set<string>();
  for (const [index, family] of families.entries()) {
    if (!FAMILIES.includes(family)) errors.push(notSupported(`spec.ipFamilies[${index}]`, family, FAMILIES));
    if (seen.has(family)) errors.push(duplicate(`spec.ipFamilies[${index}]`, family));
    seen.add(family);
  }
  if (spec.ipFamilyPolicy && !FAMILY_POLICIES.includes(spec.ipFamilyPolicy)) {
    errors.push(notSupported("spec.ipFamilyPolicy", spec.ipFamilyPolicy, FAMILY_POLICIES));
  }
  let bad = false;
  for (const [index, ip] of ips.entries()) {
    if (ip === "None") {
      if (index === 0 && ips.length > 1) errors.push(invalid(path, ips, "'None' must be the first and only value"));
      else if (index > 0) errors.push(invalid(`${path}[${index}]`, ip, NOT_AN_IP));
      bad = true;
    } else if (!isIp(ip)) {
      errors.push(invalid(`${path}[${index}]`, ip, NOT_AN_IP));
      bad = true;
    }
  }
  if (ips.length > 2) errors.push(invalid(path, ips, "may only hold up to 2 values"));
  if (bad) return errors;
  if (ips.length > 1 && new Set(ips.map(familyOf)).size < ips.length) {
    errors.push(invalid(path, ips, "may specify no more than one IP for each IP family"));
  }
  for (const [index, ip] of ips.entries()) {
    const family = families[index];
    if (family && familyOf(ip) !== family) {
      errors.push(
        invalid(`${path}[${index}]`, ip, `expected an ${family} value as indicated by \`ipFamilies[${index}]\``),
      );
    }
  }
  return errors;
}
