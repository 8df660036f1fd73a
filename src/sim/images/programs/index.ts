import type { Program } from "../program";
import { daemons } from "./daemons";
import { dockerDemo } from "./docker-demo";
import { monolith } from "./monolith";
import { redis } from "./redis";

/** Programs by the name that images give. */
export const programs: Record<string, Program> = {
  ...daemons,
  "docker-demo": dockerDemo,
  monolith,
  redis,
};
