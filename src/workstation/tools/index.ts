import { commands } from "@/posix/commands";
import { editors } from "./editors";
import { JUST_BASH_NAMES, justBashTool } from "./just-bash-tool";
import { kubectl } from "./kubectl";
import { networkTools } from "./network";
import { nodeTools } from "./node";
import { plainTool } from "./plain";
import { tarTool } from "./tar";
import type { Tool } from "./tool";
import { clear, pager, watch } from "./watch";

/** Work that is real IO (modules of just-bash that load at their first use): labs wait for it before time passes. */
export const loading = new Set<Promise<unknown>>();

function busy(work: Promise<unknown>): void {
  loading.add(work);
  const done = () => loading.delete(work);
  work.then(done, done);
}

const tools = new Map<string, Tool>();
for (const [name, command] of Object.entries(commands)) tools.set(name, plainTool(name, command));
for (const name of JUST_BASH_NAMES) tools.set(name, justBashTool(name, busy));
tools.set("tar", tarTool(plainTool("tar", commands.tar!), justBashTool("tar", busy)));
for (const tool of [kubectl, watch, clear, pager("less"), pager("more"), ...networkTools, ...nodeTools, ...editors])
  tools.set(tool.name, tool);

/** The tool that plays an executable of this name. */
export const findTool = (name: string): Tool | undefined => tools.get(name);

export const toolNames = (): string[] => [...tools.keys()].sort();
