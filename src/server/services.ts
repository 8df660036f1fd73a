import type { Auth } from "./auth/auth";
import type { Catalogue } from "./challenges/catalogue";
import type { ClassRooms } from "./classes/rooms";
import type { Rounds } from "./classes/rounds";
import type { Database } from "./db/client";
import type { KubeGateway } from "./labs/kube-gateway";
import type { LabService } from "./labs/service";

/** What requests and sockets work with; made once, in `app.ts`. */
export interface Services {
  db: Database;
  auth: Auth;
  catalogue: Catalogue;
  labs: LabService;
  rooms: ClassRooms;
  rounds: Rounds;
  kube: KubeGateway;
}
