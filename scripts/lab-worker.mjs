// The lab worker in development: threads do not inherit tsx, so it is registered here first.
import { register } from "tsx/esm/api";

register();
await import("../src/server/labs/worker.ts");
