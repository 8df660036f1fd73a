/** Generates the database client into the git-ignored src/server/db/generated. Runs after `npm ci`. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

// A production image may be built in layers, with the schema copied after the packages.
if (existsSync("prisma/schema.prisma")) {
  const result = spawnSync(process.execPath, ["node_modules/prisma/build/index.js", "generate", "--no-hints"], {
    encoding: "utf8",
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`);
    process.exit(result.status ?? 1);
  }
}
