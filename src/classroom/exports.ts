import Papa from "papaparse";
import type { Gradebook, GradebookLearner } from "./gradebook";

/** In the columns of which system grades are written. */
export const EXPORT_FORMATS = ["plain", "moodle", "canvas", "google-classroom"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

type Cell = string | number;

/** The gradebook as CSV with a header, for a spreadsheet or for the import of a learning platform. */
export function exportGrades(book: Gradebook, format: ExportFormat): string {
  // Names come from learners: a cell must not be taken for a formula.
  return Papa.unparse(TABLES[format](book), { newline: "\r\n", escapeFormulae: true });
}

const titles = (book: Gradebook) => book.assignments.map((assignment) => assignment.title);
const maxima = (book: Gradebook) => book.assignments.map((assignment) => assignment.maxPoints);
const points = (row: Gradebook["rows"][number]) => row.cells.map((cell) => cell.points);

const TABLES: Record<ExportFormat, (book: Gradebook) => Cell[][]> = {
  plain: (book) => [
    ["Nickname", "Name", "Email", "ID", "Section", ...titles(book), "Total", "Maximum", "Percent"],
    ...book.rows.map((row) => [
      row.learner.nickname,
      row.learner.fullName ?? "",
      row.learner.email ?? "",
      row.learner.externalId ?? "",
      row.learner.section ?? "",
      ...points(row),
      row.points,
      row.maxPoints,
      Math.round(row.percent * 10) / 10,
    ]),
  ],
  // docs.moodle.org, "Grade import": one column that tells who it is, then a column a grade item.
  moodle: (book) => [
    [
      "First name",
      "Last name",
      "ID number",
      "Email address",
      ...titles(book).map((title) => `Assignment: ${title} (Real)`),
    ],
    ...book.rows.map((row) => [
      ...nameOf(row.learner),
      row.learner.externalId ?? "",
      row.learner.email ?? "",
      ...points(row),
    ]),
  ],
  // Canvas' gradebook CSV: its second row says what each assignment is worth.
  canvas: (book) => [
    ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ...titles(book)],
    ["    Points Possible", "", "", "", "", ...maxima(book)],
    ...book.rows.map((row) => {
      const [first, last] = nameOf(row.learner);
      const id = row.learner.externalId ?? "";
      const student = last ? `${last}, ${first}` : first!;
      return [student, "", id, row.learner.email ?? id, row.learner.section ?? "", ...points(row)];
    }),
  ],
  // As Classroom itself writes grades: the rows below the header give date and points of each assignment.
  "google-classroom": (book) => [
    ["Last Name", "First Name", "Email Address", ...titles(book)],
    ["Points", "", "", ...maxima(book)],
    ...book.rows.map((row) => {
      const [first, last] = nameOf(row.learner);
      return [last!, first!, row.learner.email ?? "", ...points(row)];
    }),
  ],
};

/** First and last name; where only a nickname is known, that is the first. */
function nameOf({ fullName, nickname }: GradebookLearner): [string, string] {
  const parts = (fullName ?? "").trim().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [nickname, ""];
  return [parts.slice(0, -1).join(" ") || parts[0]!, parts.length > 1 ? parts.at(-1)! : ""];
}
