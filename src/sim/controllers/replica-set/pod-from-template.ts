import type { NewObject } from "../../apiserver/client";
import { clone } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { controllerRef, type OwnerReference } from "../controller-ref";

/** The pod that a controller creates from its template: `web-6d4cf56db6-` is the beginning of its name. */
export function podFromTemplate(
  template: any,
  parent: KubeObject,
  owner: OwnerReference | undefined = controllerRef(parent),
): NewObject {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const prefix = `${parent.metadata.name}-`;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      generateName: prefix,
      namespace: parent.metadata.namespace,
      ...(labels && { labels: clone(labels) }),
      ...(annotations && { annotations: clone(annotations) }),
      ...(finalizers && { finalizers: [...finalizers] }),
      ...(owner && { ownerReferences: [owner] }),
    },
    spec: template.spec,
  };
}
