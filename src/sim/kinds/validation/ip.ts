import type { FieldError } from "../../apiserver/status";
import { isCidr, isIp, isIpv4, isIpv6, NOT_A_CIDR, NOT_AN_IP } from "./addresses";
import { invalid, quote } from "./field-error";

/** Addresses and ranges as bits: canonical forms, subsets, and the warnings about other forms (apimachinery's validation/ip.go). */

const GROUPS = 8;
const GROUP_BITS = 16;

/** IPv4 addresses may have zeros in front here, as ParseIPSloppy reads them. */
const sloppyIpv4 = (text: string): string => text.replace(/(^|\.)0+(?=\d)/g, "$1");

export const isSloppyIp = (text: string): boolean => isIp(text) || isIpv4(sloppyIpv4(text));

export function isSloppyCidr(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  return rest.length === 0 && /^\d+$/.test(bits) && isCidr(`${sloppyIpv4(address)}/${Number(bits)}`);
}

/** The address as one number, of 32 or 128 bits. */
function numberOf(address: string): bigint {
  if (isIpv4(address)) return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  let text = address;
  const tail = text.slice(text.lastIndexOf(":") + 1);
  if (tail.includes(".")) {
    const value = numberOf(tail);
    text = `${text.slice(0, -tail.length)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  }
  const [head = "", end] = text.split("::");
  const parts = (half: string) => (half === "" ? [] : half.split(":"));
  const left = parts(head);
  const right = end === undefined ? [] : parts(end);
  const zeros = Array.from({ length: GROUPS - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** Prefix of the IPv6 addresses that stand for IPv4 ones. */
const MAPPED = 0xffffn << 32n;
const isMapped = (address: string): boolean => isIpv6(address) && numberOf(address) >> 32n === MAPPED >> 32n;

function textOf(value: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join(".");
  const groups = Array.from({ length: GROUPS }, (_, index) =>
    Number((value >> BigInt(GROUP_BITS * (GROUPS - 1 - index))) & 0xffffn),
  );
  const run = longestZeros(groups);
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(":");
  return run ? `${hex(groups.slice(0, run.from))}::${hex(groups.slice(run.from + run.length))}` : hex(groups);
}

/** RFC 5952: the longest run of at least two zero groups is left out, the first of equals. */
function longestZeros(groups: readonly number[]): { from: number; length: number } | undefined {
  let best: { from: number; length: number } | undefined;
  for (let from = 0; from < groups.length; from++) {
    let length = 0;
    while (groups[from + length] === 0) length++;
    if (length > Math.max(best?.length ?? 0, 1)) best = { from, length };
  }
  return best;
}

/** The address as Go's net.IP prints it. */
export function canonicalIp(address: string): string {
  const plain = isIpv6(address) ? address : sloppyIpv4(address);
  if (isMapped(plain)) return textOf(numberOf(plain) & 0xffffffffn, 32);
  return textOf(numberOf(plain), isIpv4(plain) ? 32 : 128);
}

export interface IpRange {
  bits: 32 | 128;
  prefix: number;
  start: bigint;
}

export function ipRange(cidr: string): IpRange {
  const [address = "", prefixText = "0"] = cidr.split("/");
  const plain = isIpv6(address) ? address : sloppyIpv4(address);
  const bits = isIpv4(plain) ? 32 : 128;
  const prefix = Number(prefixText);
  const host = BigInt(bits - prefix);
  return { bits, prefix, start: (numberOf(plain) >> host) << host };
}

export const canonicalCidr = (cidr: string): string => {
  const { bits, prefix, start } = ipRange(cidr);
  return `${textOf(start, bits)}/${prefix}`;
};

/** Whether the range lies in the other and is smaller than it. */
export function isStrictSubset(inner: IpRange, outer: IpRange): boolean {
  if (inner.bits !== outer.bits || outer.prefix >= inner.prefix) return false;
  const host = BigInt(outer.bits - outer.prefix);
  return inner.start >> host === outer.start >> host;
}

/** IsValidIP: the one way in which new fields take an address. */
export function validateIp(address: string, path: string): FieldError[] {
  if (!isSloppyIp(address)) return [invalid(path, address, NOT_AN_IP)];
  if (!isIp(address)) return [invalid(path, address, "must not have leading 0s")];
  if (isMapped(address)) return [invalid(path, address, "must not be an IPv4-mapped IPv6 address")];
  const canonical = canonicalIp(address);
  return address === canonical ? [] : [invalid(path, address, `must be in canonical form (${quote(canonical)})`)];
}

/** IsValidIPForLegacyField. */
export const validateLegacyIp = (address: string, path: string): FieldError[] =>
  isSloppyIp(address) ? [] : [invalid(path, address, NOT_AN_IP)];

/** IsValidCIDR. */
export function validateCidr(cidr: string, path: string): FieldError[] {
  if (!isSloppyCidr(cidr)) return [invalid(path, cidr, NOT_A_CIDR)];
  if (!isCidr(cidr) || /\/0\d/.test(cidr))
    return [invalid(path, cidr, "must not have leading 0s in IP or prefix length")];
  const [address = "", prefix] = cidr.split("/");
  if (isMapped(address)) return [invalid(path, cidr, "must not have an IPv4-mapped IPv6 address")];
  const { bits, start } = ipRange(cidr);
  if (start !== numberOf(address)) return [invalid(path, cidr, "must not have bits set beyond the prefix length")];
  const canonical = `${textOf(start, bits)}/${prefix}`;
  return cidr === canonical ? [] : [invalid(path, cidr, `must be in canonical form (${quote(canonical)})`)];
}

/** GetWarningsForIP: about an address that is valid, but written in a way that others may read otherwise. */
export function ipWarnings(address: string, path: string): string[] {
  if (!isSloppyIp(address)) return [];
  const canonical = canonicalIp(address);
  if (!isIp(address) || isMapped(address)) {
    return [
      `${path}: non-standard IP address ${quote(address)} will be considered invalid in a future Kubernetes release: use ${quote(canonical)}`,
    ];
  }
  if (isIpv6(address) && canonical !== address)
    return [`${path}: IPv6 address ${quote(address)} should be in RFC 5952 canonical format (${quote(canonical)})`];
  return [];
}

/** GetWarningsForCIDR. */
export function cidrWarnings(cidr: string, path: string): string[] {
  if (!isSloppyCidr(cidr)) return [];
  const [address = "", prefix = ""] = cidr.split("/");
  const canonical = canonicalCidr(cidr);
  const warnings: string[] = [];
  const single = `${canonicalIp(address)}/${ipRange(cidr).bits}`;
  if (canonicalIp(address) !== canonical.split("/")[0]) {
    warnings.push(
      `${path}: CIDR value ${quote(cidr)} is ambiguous in this context (should be ${quote(canonical)} or ${quote(single)}?)`,
    );
  }
  if (!isCidr(cidr) || /^0\d/.test(prefix) || isMapped(address)) {
    warnings.push(
      `${path}: non-standard CIDR value ${quote(cidr)} will be considered invalid in a future Kubernetes release: use ${quote(canonical)}`,
    );
  }
  if (warnings.length === 0 && isIpv6(address) && canonical !== cidr)
    warnings.push(
      `${path}: IPv6 CIDR value ${quote(cidr)} should be in RFC 5952 canonical format (${quote(canonical)})`,
    );
  return warnings;
}
