import type { Reply } from "./commands";

/** A command as clients and append-only files write it: an array of bulk strings (RESP, version 2). */
export const encodeCommand = (args: readonly string[]): string =>
  `*${args.length}\r\n${args.map((text) => `$${text.length}\r\n${text}\r\n`).join("")}`;

/** The commands of an append-only file, in order; what is cut off at its end is left out, as redis does. */
export function decodeCommands(text: string): string[][] {
  const commands: string[][] = [];
  for (let at = 0; text[at] === "*"; ) {
    const count = Number(text.slice(at + 1, text.indexOf("\r\n", at)));
    at = text.indexOf("\r\n", at) + 2;
    const args: string[] = [];
    while (args.length < count && text[at] === "$") {
      const start = text.indexOf("\r\n", at) + 2;
      const length = Number(text.slice(at + 1, start - 2));
      args.push(text.slice(start, start + length));
      at = start + length + 2;
    }
    if (args.length < count || at > text.length) break;
    commands.push(args);
  }
  return commands;
}

export function encodeReply(reply: Reply): string {
  switch (reply.kind) {
    case "simple":
      return `+${reply.text}\r\n`;
    case "error":
      return `-${reply.text}\r\n`;
    case "integer":
      return `:${reply.value}\r\n`;
    case "bulk":
      return `$${reply.text.length}\r\n${reply.text}\r\n`;
    case "nil":
      return "$-1\r\n";
    case "list":
      return `*${reply.items.length}\r\n${reply.items.map((text) => encodeReply({ kind: "bulk", text })).join("")}`;
  }
}

/** How redis-cli prints a reply where it does not write to a terminal. */
export function shown(reply: Reply): string {
  switch (reply.kind) {
    case "integer":
      return String(reply.value);
    case "nil":
      return "";
    case "list":
      return reply.items.join("\n");
    default:
      return reply.text;
  }
}
