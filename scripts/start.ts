/** `npm start`: builds what is not built yet, then serves. */
import { readEnv } from "../src/server/env";
import { failToStart } from "../src/server/start-error";
import { buildIfChanged } from "./lib/build";
import { demandNode } from "./lib/node-version";
import { demandStartable } from "./lib/preflight";
import { runServer } from "./lib/run-server";

demandNode();
try {
  await demandStartable(readEnv());
  await buildIfChanged((line) => console.log(line));
  runServer(["--enable-source-maps", "dist/server/main.js"], { NODE_ENV: "production" });
} catch (error) {
  failToStart(error);
}
