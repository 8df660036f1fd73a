import type { Command } from "../../command";
import { configMap, dockerRegistrySecret, genericSecret, tlsSecret } from "./configuration";
import { podDisruptionBudget } from "./disruption-budget";
import { generatorCommand } from "./generator";
import { ingress } from "./ingress";
import { cronJob, job } from "./jobs";
import { priorityClass } from "./priority-class";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "./rbac";
import { SERVICES } from "./services";
import { token } from "./token";
import { deployment, namespace, quota, serviceAccount } from "./workloads";

const secret: Command = {
  name: "secret",
  use: "create secret (docker-registry | generic | tls)",
  short: "Create a secret using a specified subcommand",
  long: "Create a secret of the named type: docker-registry for the login of a registry, generic for anything, tls for a certificate and its key.",
  commands: [dockerRegistrySecret, genericSecret, tlsSecret].map((generator) =>
    generatorCommand(generator, "create secret"),
  ),
};

const service: Command = {
  name: "service",
  aliases: ["svc"],
  use: "create service [flags]",
  short: "Create a service using a specified subcommand",
  commands: SERVICES.map((generator) => generatorCommand(generator, "create service")),
};

export const GENERATORS: Command[] = [
  generatorCommand(clusterRole),
  generatorCommand(clusterRoleBinding),
  generatorCommand(configMap),
  generatorCommand(cronJob),
  generatorCommand(deployment),
  generatorCommand(ingress),
  generatorCommand(job),
  generatorCommand(namespace),
  generatorCommand(podDisruptionBudget),
  generatorCommand(priorityClass),
  generatorCommand(quota),
  generatorCommand(role),
  generatorCommand(roleBinding),
  secret,
  service,
  generatorCommand(serviceAccount),
  token,
];
