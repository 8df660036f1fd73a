import type { Command } from "./command";
import { apply } from "./verbs/apply";
import { attach } from "./verbs/attach";
import { auth } from "./verbs/auth";
import { autoscale } from "./verbs/autoscale";
import { certificate } from "./verbs/certificate";
import { apiResources, apiVersions, clusterInfo, version } from "./verbs/cluster";
import { config } from "./verbs/config";
import { cp } from "./verbs/cp";
import { create } from "./verbs/create";
import { debug } from "./verbs/debug";
import { remove } from "./verbs/delete";
import { describe } from "./verbs/describe";
import { diff } from "./verbs/diff";
import { edit } from "./verbs/edit";
import { events } from "./verbs/events";
import { exec } from "./verbs/exec";
import { explain } from "./verbs/explain";
import { expose } from "./verbs/expose";
import { get } from "./verbs/get";
import { kustomize } from "./verbs/kustomize";
import { annotate, label } from "./verbs/label";
import { logs } from "./verbs/logs";
import { cordon, drain, taint, uncordon } from "./verbs/nodes";
import { alpha, completion, plugin } from "./verbs/other";
import { patch } from "./verbs/patch";
import { portForward } from "./verbs/port-forward";
import { proxy } from "./verbs/proxy";
import { replace } from "./verbs/replace";
import { rollout } from "./verbs/rollout";
import { runCommand } from "./verbs/run";
import { scale } from "./verbs/scale";
import { set } from "./verbs/set";
import { top } from "./verbs/top";
import { wait } from "./verbs/wait";

/** Commands as `kubectl` lists them. */
export const COMMAND_GROUPS: { title: string; commands: Command[] }[] = [
  { title: "Basic Commands (Beginner)", commands: [create, expose, runCommand, set] },
  { title: "Basic Commands (Intermediate)", commands: [explain, get, edit, remove] },
  { title: "Deploy Commands", commands: [rollout, scale, autoscale] },
  { title: "Cluster Management Commands", commands: [certificate, clusterInfo, top, cordon, uncordon, drain, taint] },
  {
    title: "Troubleshooting and Debugging Commands",
    commands: [describe, logs, attach, exec, portForward, proxy, cp, auth, debug, events],
  },
  { title: "Advanced Commands", commands: [diff, apply, patch, replace, wait, kustomize] },
  { title: "Settings Commands", commands: [label, annotate, completion] },
  { title: "Other Commands", commands: [alpha, apiResources, apiVersions, config, plugin, version] },
];

export const COMMANDS: Command[] = COMMAND_GROUPS.flatMap(({ commands }) => commands);
