import { inject } from "vitest";

/** The address of a database of this test's own, with all migrations. */
export async function testDatabase(): Promise<string> {
  const response = await fetch(inject("databaseBroker"));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
