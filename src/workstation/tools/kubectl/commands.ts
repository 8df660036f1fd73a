import type { Command } from "./command";
import { apply } from "./verbs/apply";
import { attach } from "./verbs/attach";
import { create } from "./verbs/create";
import { remove } from "./verbs/delete";
import { describe } from "./verbs/describe";
import { edit } from "./verbs/edit";
import { exec } from "./verbs/exec";
import { expose } from "./verbs/expose";
import { get } from "./verbs/get";
import { annotate, label } from "./verbs/label";
import { logs } from "./verbs/logs";
import { runCommand } from "./verbs/run";
import { scale } from "./verbs/scale";

/** Commands as `kubectl` lists them. */
export const COMMAND_GROUPS: { title: string; commands: Command[] }[] = [
  { title: "Basic Commands (Beginner)", commands: [create, expose, runCommand] },
  { title: "Basic Commands (Intermediate)", commands: [get, edit, remove] },
  { title: "Deploy Commands", commands: [scale] },
  { title: "Troubleshooting and Debugging Commands", commands: [describe, logs, attach, exec] },
  { title: "Advanced Commands", commands: [apply] },
  { title: "Settings Commands", commands: [label, annotate] },
];

export const COMMANDS: Command[] = COMMAND_GROUPS.flatMap(({ commands }) => commands);
