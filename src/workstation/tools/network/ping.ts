import type { Tool } from "../tool";

const INTERVAL_MS = 1000;

/** ping: a name must resolve; whoever has an address on the cluster's network answers. */
export const ping: Tool = {
  name: "ping",
  async run(context) {
    const words = context.argv.slice(1);
    const option = (name: string) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : undefined);
    const host = words
      .filter((word, index) => !word.startsWith("-") && !/^-[cwWis]$/.test(words[index - 1] ?? ""))
      .at(-1);
    if (!host) {
      context.stderr.write("ping: usage error: Destination address required\n");
      return 1;
    }
    const isAddress = /^\d+(\.\d+){3}$/.test(host);
    const address = isAddress
      ? host
      : (await context.resolve(host)).records.find((record) => record.type === "A")?.data;
    if (!address) {
      const small = context.machine.userland === "busybox" || context.machine.userland === "alpine";
      context.stderr.write(small ? `ping: bad address '${host}'\n` : `ping: ${host}: Name or service not known\n`);
      return small ? 1 : 2;
    }
    const count = option("-c") ?? Number.POSITIVE_INFINITY;
    let [sent, received] = [0, 0];
    const summary = () => {
      const lost = sent === 0 ? 0 : Math.round(((sent - received) / sent) * 100);
      return `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${lost}% packet loss\n`;
    };
    let interrupted = false;
    context.onSignal("SIGINT", () => {
      interrupted = true;
    });
    await context.stdout.write(`PING ${host} (${address}): 56 data bytes\n`);
    while (sent < count && !interrupted) {
      // An echo reaches whatever a connection would reach: only a silent address does not answer.
      const answer = await context.network({ host: address, port: 7, payload: { kind: "connect" } }, INTERVAL_MS);
      const answered = answer.outcome === "ok" || answer.outcome === "refused";
      if (answered) {
        received++;
        const millis = (0.05 + context.random() * 0.4).toFixed(3);
        await context.stdout.write(`64 bytes from ${address}: seq=${sent} ttl=64 time=${millis} ms\n`);
      }
      sent++;
      if (sent < count && !interrupted) await context.sleep(answered ? INTERVAL_MS : 0);
    }
    await context.stdout.write(summary());
    return received > 0 ? 0 : 1;
  },
};
