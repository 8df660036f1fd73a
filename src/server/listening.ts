import { createServer, type Server } from "node:net";
import { StartError } from "./start-error";

/** Listens, or throws the reason in one line. Returns the port, which differs where 0 was asked for. */
export function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new StartError(whyNot(error, port, host))));
    server.listen(port, host, () => resolve((server.address() as { port: number }).port));
  });
}

/** Before the long steps, so that the answer comes at once. */
export async function demandFreePort(port: number, host: string | undefined): Promise<void> {
  const probe = createServer();
  await listen(probe, port, host);
  await new Promise((resolve) => probe.close(resolve));
}

function whyNot(error: NodeJS.ErrnoException, port: number, host: string | undefined): string {
  if (error.code === "EADDRINUSE") return `port ${port} is in use. Stop what uses it, or set PORT to another.`;
  if (error.code === "EACCES") return `port ${port} needs more rights. Set PORT to one above 1023.`;
  return `it cannot listen on ${host ?? "port"} ${port} (${error.code ?? error.message}).`;
}
