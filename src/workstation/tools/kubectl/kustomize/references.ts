import { REFERENCES } from "./fields";
import { type Built, visitPath } from "./resource";

/** Names in references follow the resources that they mean, under any name that those have had. */
export function followNames(resources: readonly Built[]): void {
  for (const { object } of resources) {
    for (const [kind, rules] of Object.entries(REFERENCES))
      for (const { kinds, path } of rules)
        if (kinds.includes(object.kind))
          visitPath(object, path, false, (holder, key) => {
            holder[key] = target(resources, kind, holder[key], object.metadata.namespace)?.metadata.name ?? holder[key];
          });
    followBindings(resources, object);
    followScaleTarget(resources, object);
  }
}

function followBindings(resources: readonly Built[], object: any): void {
  if (!/^(Cluster)?RoleBinding$/.test(object.kind)) return;
  const { roleRef } = object;
  if (roleRef) roleRef.name = target(resources, roleRef.kind, roleRef.name)?.metadata.name ?? roleRef.name;
  for (const subject of object.subjects ?? []) {
    if (subject.kind !== "ServiceAccount") continue;
    const account = target(resources, "ServiceAccount", subject.name);
    if (!account) continue;
    subject.name = account.metadata.name;
    if (account.metadata.namespace) subject.namespace = account.metadata.namespace;
  }
}

function followScaleTarget(resources: readonly Built[], object: any): void {
  const wanted = object.kind === "HorizontalPodAutoscaler" ? object.spec?.scaleTargetRef : undefined;
  if (wanted) wanted.name = target(resources, wanted.kind, wanted.name)?.metadata.name ?? wanted.name;
}

/** The resource of that kind with that name: its present one first, then earlier ones; where several, the one in the same namespace. */
function target(resources: readonly Built[], kind: string, name: unknown, namespace?: string): any {
  const ofKind = resources.filter(({ object }) => object.kind === kind);
  if (ofKind.some(({ object, hashed }) => object.metadata.name === name && !hashed)) return undefined;
  const named = ofKind.filter(({ earlierNames }) => earlierNames.includes(name as string));
  return (named.find(({ object }) => object.metadata.namespace === namespace) ?? named[0])?.object;
}
