import type { IIoK8sApimachineryPkgApisMetaV1ObjectMeta } from "@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta";

/** Plain data: everything that a cluster keeps is made of this. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Metadata of a stored object: what the server fills in is there. Timestamps are RFC 3339 strings in UTC. */
export type ObjectMeta = IIoK8sApimachineryPkgApisMetaV1ObjectMeta & {
  name: string;
  uid: string;
  resourceVersion: string;
};

/**
 * Any object of the API. Kinds that the simulation works on have their own type in `kinds/types.ts`;
 * this one is for code that treats all kinds alike.
 */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  [field: string]: any;
}

/** Who asks. Defaults to the learner, who is cluster-admin. */
export interface UserInfo {
  username: string;
  groups?: string[];
  uid?: string;
  extra?: Record<string, string[]>;
}
