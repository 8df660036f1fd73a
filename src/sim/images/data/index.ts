import type { ImageRepository } from "../repository";
import * as kubernetes from "./kubernetes";
import { nginx } from "./nginx";
import * as servers from "./servers";
import * as tools from "./tools";

/** All images of the world. A new one is a value in this folder. */
export const repositories: readonly ImageRepository[] = [
  nginx,
  ...Object.values(servers),
  ...Object.values(tools),
  ...Object.values(kubernetes),
];
