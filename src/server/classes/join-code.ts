import { randomInt } from "node:crypto";

/** Without letters and digits that look or sound alike from the last row of a room. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 6;

/** Of a personal link: long enough that nobody finds another's by trying. */
const ROSTER_LENGTH = 14;

export const makeJoinCode = (): string => randomCode(LENGTH);
export const makeRosterCode = (): string => randomCode(ROSTER_LENGTH);

function randomCode(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** As people type it: `abc-d23` is `ABCD23`. */
export const normalJoinCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
