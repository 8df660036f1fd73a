import { apply } from "../apply";
import { authz } from "../authz";
import { autoscale } from "../autoscale";
import { create } from "../create";
import { remove } from "../delete";
import { describe } from "../describe";
import { discovery } from "../discovery";
import { explain } from "../explain";
import { get } from "../get";
import { getMore } from "../get-more";
import { help } from "../help";
import { kustomize } from "../kustomize";
import { label } from "../label";
import { networking } from "../networking";
import { nodes } from "../nodes";
import { patch } from "../patch";
import { pods } from "../pods";
import { quota } from "../quota";
import { rollout } from "../rollout";
import { storage } from "../storage";
import { workloads } from "../workloads";
import type { Area } from "./area";

/** One line each, so that areas are easily added. */
export const AREAS: readonly Area[] = [
  discovery,
  get,
  getMore,
  describe,
  create,
  apply,
  kustomize,
  authz,
  quota,
  autoscale,
  patch,
  label,
  pods,
  rollout,
  networking,
  nodes,
  storage,
  explain,
  help,
  remove,
  workloads,
];
