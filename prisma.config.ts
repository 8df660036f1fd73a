import { defineConfig } from "prisma/config";

// Prisma's commands insist on a path to the schema engine, which `generate` never runs; any existing file will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= "package.json";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
