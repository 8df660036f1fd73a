import { base64Error } from "../../secret/encode";
import { isIp } from "../../validation/addresses";

/** Formats of texts that are checked; what is not named here is let through (kube-openapi's strfmt). */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  datetime: /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:?\d{2})$/,
  duration:
    /^[+-]?(\d+(\.\d*)?\s*(ns|nano|nanos|us|µs|μs|micro|micros|ms|milli|millis|s|sec|secs|m|min|mins|h|hr|hour|hours|d|day|days|w|week|weeks)\s*)+$|^0$/,
  email: /^[^\s@<>()]+@[^\s@<>()]+$/,
  hexcolor: /^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/,
  hostname:
    /^(?=.{1,253}$)[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*$/,
  mac: /^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/,
  rgbcolor: /^rgb\(\s*(\d{1,2}|1\d\d|2[0-4]\d|25[0-5])\s*(,\s*(\d{1,2}|1\d\d|2[0-4]\d|25[0-5])\s*){2}\)$/,
  uuid: /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$/,
  uuid3: /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?3[0-9a-fA-F]{3}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$/,
  uuid4: /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?4[0-9a-fA-F]{3}-?[89abAB][0-9a-fA-F]{3}-?[0-9a-fA-F]{12}$/,
  uuid5: /^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?5[0-9a-fA-F]{3}-?[89abAB][0-9a-fA-F]{3}-?[0-9a-fA-F]{12}$/,
};

const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  byte: (text) => base64Error(text) === undefined,
  cidr: (text) => /^[^/]+\/\d{1,3}$/.test(text) && isIp(text.split("/")[0]!),
  ipv4: (text) => isIp(text) && text.includes("."),
  ipv6: (text) => isIp(text) && text.includes(":"),
  uri: (text) => /^[a-zA-Z][-+.a-zA-Z0-9]*:\S+$/.test(text) || /^\/\S*$/.test(text),
};

/** Whether a text has a format; unknown formats have no say. */
export function hasFormat(format: string, text: string): boolean {
  const name = format.replace("date-time", "datetime");
  return PATTERNS[name]?.test(text) ?? CHECKS[name]?.(text) ?? true;
}

/** The least and the greatest value of a number with a format, as texts. */
export const INTEGER_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
};
