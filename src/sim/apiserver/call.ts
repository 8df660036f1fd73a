import type { Sim } from "../component";
import type { UserInfo } from "../types";
import type { KindDefinition } from "./kind";
import type { ResourcePath } from "./path";
import type { ApiRequest } from "./request";
import type { Verbs, WriteOptions } from "./verbs";

/** One request about a resource, as the code behind a kind or a subresource is handed it. */
export interface Call {
  readonly request: ApiRequest;
  readonly path: ResourcePath;
  readonly kind: KindDefinition;
  readonly user: UserInfo;
  readonly sim: Sim;
  readonly verbs: Verbs;
  /** For writes that the call makes: user, dry run, field manager. */
  readonly write: WriteOptions;
}
