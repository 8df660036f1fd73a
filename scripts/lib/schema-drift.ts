import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { readMigrations } from "../../src/server/db/migrate";
import { schemaSql } from "../schema-sql";

/** What a database has: each line is a column, an index, a constraint or a value of an enum. */
const CATALOG = `
  SELECT format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
  UNION ALL SELECT format('enum %s %s', t.typname, e.enumlabel) FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
  ORDER BY line`;

/** Lines that only the migrations (-) or only the schema (+) give. Empty where the two agree. */
export async function schemaDrift(): Promise<string[]> {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const migrations = await readMigrations("prisma/migrations");
  const [migrated, wanted] = await Promise.all([
    catalogOf(migrations.map((migration) => migration.sql)),
    catalogOf([await schemaSql(undefined, schema)]),
  ]);
  return [
    ...migrated.filter((line) => !wanted.includes(line)).map((line) => `- ${line}`),
    ...wanted.filter((line) => !migrated.includes(line)).map((line) => `+ ${line}`),
  ];
}

async function catalogOf(scripts: string[]): Promise<string[]> {
  const database = await PGlite.create();
  try {
    for (const script of scripts) await database.exec(script);
    return (await database.query<{ line: string }>(CATALOG)).rows.map((row) => row.line);
  } finally {
    await database.close();
  }
}
