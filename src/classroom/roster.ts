import Papa from "papaparse";

/** Someone who is to join a class, as a school's list names them. */
export interface RosterEntry {
  nickname: string;
  fullName?: string;
  email?: string;
  externalId?: string;
  section?: string;
  team?: string;
}

/** What is wrong with a line of the list; lines count from 1, the header being the first. */
export interface RosterProblem {
  line: number;
  message: string;
}

export const ROSTER_LIMIT = 500;
const NICKNAME_LIMIT = 32;
const TEXT_LIMIT = 120;

type Field = keyof RosterEntry | "first" | "last";

/** The names that schools' systems give their columns. */
const COLUMNS: Record<string, Field> = {
  nickname: "nickname",
  "display name": "nickname",
  name: "fullName",
  "full name": "fullName",
  student: "fullName",
  "first name": "first",
  firstname: "first",
  "given name": "first",
  "last name": "last",
  lastname: "last",
  surname: "last",
  "family name": "last",
  email: "email",
  "e-mail": "email",
  "email address": "email",
  id: "externalId",
  "id number": "externalId",
  "student id": "externalId",
  "sis user id": "externalId",
  section: "section",
  group: "section",
  team: "team",
};

/** Reads a roster with a header line; comma, semicolon or tab. Every problem is told, and then nobody is taken in. */
export function parseRoster(
  text: string,
): { ok: true; entries: RosterEntry[] } | { ok: false; problems: RosterProblem[] } {
  const { data } = Papa.parse<string[]>(text.trimEnd());
  const [header, ...rows] = data;
  const fields = (header ?? []).map((name) => COLUMNS[name.trim().toLowerCase()]);
  if (!fields.some((field) => field === "nickname" || field === "fullName" || field === "first"))
    return { ok: false, problems: [{ line: 1, message: "names no column Name, Nickname or First name" }] };
  if (rows.length > ROSTER_LIMIT)
    return {
      ok: false,
      problems: [{ line: ROSTER_LIMIT + 2, message: `is one more than the ${ROSTER_LIMIT} that a class takes` }],
    };
  const problems: RosterProblem[] = [];
  const entries: RosterEntry[] = [];
  const taken = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const line = index + 2;
    if (row.every((cell) => cell.trim() === "")) continue;
    const entry = entryOf(fields, row);
    if (!entry) problems.push({ line, message: "has no name" });
    else {
      const before = taken.get(entry.nickname.toLowerCase());
      if (before) problems.push({ line, message: `has the same nickname as line ${before}: ${entry.nickname}` });
      if (entry.email && !/^[^\s@]+@[^\s@]+$/.test(entry.email))
        problems.push({ line, message: `is no e-mail address: ${entry.email}` });
      taken.set(entry.nickname.toLowerCase(), line);
      entries.push(entry);
    }
  }
  if (entries.length === 0 && problems.length === 0) problems.push({ line: 1, message: "is followed by nobody" });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, entries };
}

function entryOf(fields: (Field | undefined)[], row: string[]): RosterEntry | undefined {
  const read: Partial<Record<Field, string>> = {};
  fields.forEach((field, index) => {
    const value = row[index]?.trim().slice(0, TEXT_LIMIT);
    if (field && value) read[field] = value;
  });
  const { first, last, ...rest } = read;
  const fullName = rest.fullName ?? [first, last].filter(Boolean).join(" ");
  const nickname = (rest.nickname ?? fullName).slice(0, NICKNAME_LIMIT).trim();
  if (!nickname) return undefined;
  return { ...rest, nickname, ...(fullName && { fullName }) };
}
