/** `npm run dev`: the same server from its sources, with Next's hot reload. Restart it after a change below src/server. */
import { readEnv } from "../src/server/env";
import { failToStart } from "../src/server/start-error";
import { demandNode } from "./lib/node-version";
import { demandStartable } from "./lib/preflight";
import { runServer } from "./lib/run-server";

demandNode();
try {
  await demandStartable(readEnv());
  runServer(["--import", "tsx", "src/server/main.ts", "--dev"], { NODE_ENV: "development" });
} catch (error) {
  failToStart(error);
}
