import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { IReplicaSet } from "kubernetes-models/apps/v1/ReplicaSet";
import type { ILease } from "kubernetes-models/coordination.k8s.io/v1/Lease";
import type { IEndpointSlice } from "kubernetes-models/discovery.k8s.io/v1/EndpointSlice";
import type { IIngress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import type { IIngressClass } from "kubernetes-models/networking.k8s.io/v1/IngressClass";
import type { IIPAddress } from "kubernetes-models/networking.k8s.io/v1/IPAddress";
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import type { IServiceCIDR } from "kubernetes-models/networking.k8s.io/v1/ServiceCIDR";
import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IEndpoints } from "kubernetes-models/v1/Endpoints";
import type { INamespace } from "kubernetes-models/v1/Namespace";
import type { INode } from "kubernetes-models/v1/Node";
import type { IPod } from "kubernetes-models/v1/Pod";
import type { IReplicationController } from "kubernetes-models/v1/ReplicationController";
import type { ISecret } from "kubernetes-models/v1/Secret";
import type { IService } from "kubernetes-models/v1/Service";
import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import type { ObjectMeta } from "../types";

/** A kind as the store keeps it: its metadata is complete and its spec has been defaulted. */
type Stored<T extends { metadata?: unknown; spec?: unknown }> = Omit<T, "metadata" | "spec"> & {
  metadata: ObjectMeta;
} & ("spec" extends keyof T ? { spec: NonNullable<T["spec"]> } : unknown);

export type Pod = Stored<IPod>;
export type PodSpec = Pod["spec"];
export type Container = IContainer;
export type Node = Stored<INode>;
export type Namespace = Stored<INamespace>;
export type Service = Stored<IService>;
export type Endpoints = Omit<IEndpoints, "metadata"> & { metadata: ObjectMeta };
export type EndpointSlice = Omit<IEndpointSlice, "metadata"> & { metadata: ObjectMeta };
export type ConfigMap = Omit<IConfigMap, "metadata"> & { metadata: ObjectMeta };
export type Secret = Omit<ISecret, "metadata"> & { metadata: ObjectMeta };
export type ServiceAccount = Omit<IServiceAccount, "metadata"> & { metadata: ObjectMeta };
export type ReplicationController = Stored<IReplicationController>;
export type ReplicaSet = Stored<IReplicaSet>;
export type Deployment = Stored<IDeployment>;
export type Ingress = Stored<IIngress>;
export type IngressClass = Stored<IIngressClass>;
export type IPAddress = Stored<IIPAddress>;
export type NetworkPolicy = Stored<INetworkPolicy>;
export type ServiceCIDR = Stored<IServiceCIDR>;
export type Lease = Stored<ILease>;
