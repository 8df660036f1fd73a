import type { Call } from "../../command";

export interface SelfReview {
  spec: Record<string, unknown>;
  status: any;
}

/** Puts a question about oneself to the server. */
export function askServer(
  { session }: Pick<Call, "session">,
  kind: string,
  spec: SelfReview["spec"],
  group = "authorization.k8s.io",
): Promise<SelfReview> {
  const apiVersion = `${group}/v1`;
  const body = {
    kind,
    apiVersion,
    metadata: { creationTimestamp: null },
    ...(Object.keys(spec).length > 0 && { spec }),
  };
  return session.client.request("POST", `/apis/${apiVersion}/${kind.toLowerCase()}s`, { body });
}
