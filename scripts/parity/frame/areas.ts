import { api } from "../api";
import { apply } from "../apply";
import { authz } from "../authz";
import { autoscale } from "../autoscale";
import { change } from "../change";
import { config } from "../config";
import { create } from "../create";
import { createMore } from "../create-more";
import { custom } from "../custom";
import { remove } from "../delete";
import { deleteMore } from "../delete-more";
import { describe } from "../describe";
import { discovery } from "../discovery";
import { explain } from "../explain";
import { get } from "../get";
import { getMore } from "../get-more";
import { globals } from "../globals";
import { help } from "../help";
import { kustomize } from "../kustomize";
import { label } from "../label";
import { networking } from "../networking";
import { nodes } from "../nodes";
import { patch } from "../patch";
import { patchMore } from "../patch-more";
import { pods } from "../pods";
import { podsMore } from "../pods-more";
import { quota } from "../quota";
import { rollout } from "../rollout";
import { serverSide } from "../server-side";
import { storage } from "../storage";
import { waitEvents } from "../wait-events";
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
  globals,
  config,
  custom,
  createMore,
  serverSide,
  deleteMore,
  patchMore,
  change,
  podsMore,
  waitEvents,
  api,
];
