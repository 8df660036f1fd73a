import type { Program } from "../program";
import { shellProgram } from "../userland";
import { controlPlane } from "./control-plane";
import { coredns } from "./coredns";
import { daemons } from "./daemons";
import { dockerDemo } from "./docker-demo";
import { agnhost, echoserver, httpEcho } from "./echo-servers";
import { withEntrypoint } from "./entrypoint";
import { hpaExample } from "./hpa-example";
import { httpd } from "./httpd";
import { ingressNginx } from "./ingress-nginx";
import { kuard } from "./kuard";
import { monolith } from "./monolith";
import { nginx } from "./nginx";
import { redisCli } from "./redis/cli";
import { redis } from "./redis/redis";
import { stress, vishStress } from "./stress";

const shell = (): Program => shellProgram;

/** Programs by the name that images give. */
export const programs: Record<string, Program> = {
  ...daemons,
  ...controlPlane,
  agnhost,
  coredns,
  curl: withEntrypoint("curl", undefined, ["curl"], shell),
  "docker-demo": dockerDemo,
  echoserver,
  "http-echo": httpEcho,
  "hpa-example": hpaExample,
  httpd,
  "ingress-nginx": ingressNginx,
  kuard,
  monolith,
  nginx: withEntrypoint("nginx", nginx, ["nginx", "nginx-debug"], shell),
  redis: withEntrypoint("redis", redis, ["redis-server"], (command) =>
    command === "redis-cli" ? redisCli : shellProgram,
  ),
  "redis-cli": redisCli,
  /** Shells, scripts and the commands of an image's userland. */
  shell: shellProgram,
  stress,
  "vish-stress": vishStress,
};
