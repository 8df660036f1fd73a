import type { Program } from "../../program";
import { kubeApiServer } from "./api-server";
import { controlPlaneClients } from "./client";
import { etcd } from "./etcd";

/** Programs whose command line and files decide whether the cluster's own parts work. */
export const controlPlane: Record<string, Program> = { etcd, "kube-apiserver": kubeApiServer, ...controlPlaneClients };
