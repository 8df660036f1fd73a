import type { Sim } from "../../component";
import type { UserInfo } from "../../types";
import type { ApiRequest } from "../request";
import { failure } from "../status";
import { certificateUser } from "./certificate";
import { verifyToken } from "./tokens";

export const ANONYMOUS: UserInfo = { username: "system:anonymous", groups: ["system:unauthenticated"] };

/** Who a request's bearer token stands for; undefined where it brings none. Throws the 401 for one that does not hold. */
export function bearerUser(sim: Sim, { headers }: ApiRequest): UserInfo | undefined {
  const token = /^bearer +(\S+) *$/i.exec(headers?.authorization ?? "")?.[1];
  if (token === undefined) return undefined;
  const verdict = verifyToken(sim, token);
  if ("error" in verdict) throw failure(401, "Unauthorized", "Unauthorized");
  return verdict.user;
}

/** Who a request comes from, by its certificate, else by its token; undefined where it brings neither. */
export const requestUser = (sim: Sim, request: ApiRequest): UserInfo | undefined =>
  certificateUser(sim, request) ?? bearerUser(sim, request);
