/** IPv4 addresses as texts and numbers. */

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

export function isIpv4(text: string): boolean {
  return ipv4ToNumber(text) !== undefined;
}

export function ipv4ToNumber(text: string): number | undefined {
  const match = IPV4.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (const part of match.slice(1)) {
    if (Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export function numberToIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** Whether `address` is in a range such as `10.96.0.0/12`. */
export function inCidr(address: string, cidr: string): boolean {
  const [base = "", bits = "32"] = cidr.split("/");
  const value = ipv4ToNumber(address);
  const start = ipv4ToNumber(base);
  if (value === undefined || start === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(value / size) === Math.floor(start / size);
}

export function isLoopback(address: string): boolean {
  return inCidr(address, "127.0.0.0/8") || address === "::1";
}

/** The address that a bridge or gateway has by custom: the first of the /24 around `address`. */
export function gatewayOf(address: string): string {
  return address.replace(/\d+$/, "1");
}
