/**
 * SQL between two states of the Prisma schema, without Prisma's native schema engine:
 *   npx tsx scripts/schema-sql.ts                   from nothing to prisma/schema.prisma
 *   npx tsx scripts/schema-sql.ts old.prisma        from another schema file to it: the text of a new migration
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

interface SchemaEngineModule {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: {
    new: (
      options: { datamodels: undefined },
      log: () => void,
      adapter: object,
    ) => Promise<{ diff(params: object): Promise<{ stdout: string | null }> }>;
  };
}

/** Comparing two schema files reads nothing from a database, but the engine wants to see one that answers. */
const silentConnection = {
  provider: "postgres",
  adapterName: "silent",
  queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
  executeRaw: async () => 0,
  executeScript: async () => {},
  getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
  dispose: async () => {},
};
const silentDatabase = {
  provider: "postgres",
  adapterName: "silent",
  connect: async () => silentConnection,
  connectToShadowDb: async () => silentConnection,
};

/** The SQL that leads from the schema text `from` (undefined: an empty database) to the schema text `to`. */
export async function schemaSql(from: string | undefined, to: string): Promise<string> {
  const folder = path.resolve("node_modules/@prisma/schema-engine-wasm");
  const module = (await import(path.join(folder, "schema_engine_bg.js"))) as SchemaEngineModule;
  const { instance } = await WebAssembly.instantiate(readFileSync(path.join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": module as unknown as WebAssembly.ModuleImports,
  });
  module.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const engine = await module.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(silentDatabase as never),
  );
  const target = (content: string) => ({ tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] });
  const result = await engine.diff({
    from: from === undefined ? { tag: "empty" } : target(from),
    to: target(to),
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.stdout ?? "";
}

if (process.argv[1]?.endsWith("schema-sql.ts")) {
  const from = process.argv[2] ? readFileSync(process.argv[2], "utf8") : undefined;
  process.stdout.write(await schemaSql(from, readFileSync("prisma/schema.prisma", "utf8")));
}
