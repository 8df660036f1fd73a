/** IPv4 arithmetic for the range of Service addresses. */

/** 32-bit value of a dotted address, or undefined where the text is not one. */
export function ipv4Value(address: string): number | undefined {
  const parts = address.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export const ipv4Text = (value: number): string =>
  [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join(".");

export interface AddressRange {
  first: number;
  size: number;
}

/** The addresses of a CIDR, its network and broadcast address included. */
export function cidrRange(cidr: string): AddressRange {
  const [address, bits] = cidr.split("/");
  const size = 2 ** (32 - Number(bits));
  const value = ipv4Value(address!) ?? 0;
  return { first: Math.floor(value / size) * size, size };
}
