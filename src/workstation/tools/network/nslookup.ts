import type { Tool } from "../tool";
import { CODES, dotted, isAddress, isSmall, reverseName, SENTENCES, typeNamed } from "./questions";

const NO_SERVERS = ";; connection timed out; no servers could be reached";

/** nslookup of bind-utils, or of busybox where the image has that. `nslookup NAME SERVER` asks another server. */
export const nslookup: Tool = {
  name: "nslookup",
  async run(context) {
    const words = context.argv.slice(1);
    const type = typeNamed(words.map((word) => /^-(?:query|querytype|type|q)=(.+)$/.exec(word)?.[1]).find(Boolean));
    const [name, at] = words.filter((word) => !word.startsWith("-"));
    if (!name) {
      context.stderr.write("usage: nslookup NAME\n");
      return 1;
    }
    const server = at === undefined ? undefined : await addressOf(context, at);
    if (at !== undefined && server === undefined) {
      context.stderr.write(`nslookup: couldn't get address for '${at}': not found\n`);
      return 1;
    }
    const small = isSmall(context);
    const answer = await context.resolve(name, isAddress(name) ? "PTR" : type, server === undefined ? {} : { server });
    if (answer.outcome === "timeout") {
      await context.stdout.write(`${NO_SERVERS}\n${small ? "\n" : "\n"}`);
      return 1;
    }
    await context.stdout.write(`Server:\t\t${answer.server}\nAddress:\t${answer.server}${small ? ":" : "#"}53\n\n`);
    if (answer.outcome === "no-data" && answer.records.length === 0) {
      await context.stdout.write(`*** Can't find ${name}: No answer\n\n`);
      return small ? 0 : 1;
    }
    if (answer.outcome !== "ok" && answer.outcome !== "no-data") {
      const asked = isAddress(name) ? reverseName(name) : answer.name || name;
      await context.stdout.write(`** server can't find ${asked}: ${CODES[answer.outcome]}\n\n`);
      return 1;
    }
    await context.stdout.write(
      `${answer.records.map((record) => SENTENCES[record.type].nslookup(record)).join("\n")}\n\n`,
    );
    return 0;
  },
};

async function addressOf(context: Parameters<Tool["run"]>[0], server: string): Promise<string | undefined> {
  if (isAddress(server)) return server;
  return (await context.resolve(server)).records.find(({ type }) => type === "A")?.data;
}

/** host: one line per record. `host NAME SERVER` asks another server. */
export const host: Tool = {
  name: "host",
  async run(context) {
    const words = context.argv.slice(1);
    const at = words.indexOf("-t");
    const type = at >= 0 ? typeNamed(words[at + 1]) : undefined;
    if (at >= 0 && !type) {
      context.stderr.write(`host: invalid type: ${words[at + 1] ?? ""}\n`);
      return 1;
    }
    const [name, server] = words.filter((word, index) => !word.startsWith("-") && (at < 0 || index !== at + 1));
    if (!name) {
      context.stderr.write("Usage: host [-t type] name\n");
      return 1;
    }
    if (server !== undefined)
      await context.stdout.write(`Using domain server:\nName: ${server}\nAddress: ${server}#53\nAliases: \n\n`);
    const answer = await context.resolve(name, isAddress(name) ? "PTR" : type, server === undefined ? {} : { server });
    if (answer.outcome === "timeout") {
      await context.stdout.write(`${NO_SERVERS}\n`);
      return 1;
    }
    if (answer.records.length === 0) {
      const codes = { nxdomain: "3(NXDOMAIN)", servfail: "2(SERVFAIL)", refused: "5(REFUSED)", ok: "", "no-data": "" };
      if (answer.outcome === "no-data" || answer.outcome === "ok")
        await context.stdout.write(`${answer.name} has no ${type ?? "A"} record\n`);
      else
        await context.stdout.write(
          `Host ${isAddress(name) ? dotted(reverseName(name)) : name} not found: ${codes[answer.outcome]}\n`,
        );
      return answer.outcome === "no-data" ? 0 : 1;
    }
    for (const record of answer.records) {
      const data = record.type === "CNAME" ? dotted(record.data) : record.data;
      await context.stdout.write(`${record.name} ${SENTENCES[record.type].host} ${data}\n`);
    }
    return 0;
  },
};

/** getent: what the C library finds, in `/etc/hosts` and in the DNS. */
export const getent: Tool = {
  name: "getent",
  async run(context) {
    const [, database, ...names] = context.argv;
    if (!database || !["hosts", "ahosts", "ahostsv4"].includes(database)) {
      context.stderr.write(
        database ? `Unknown database: ${database}\n` : "Usage: getent [OPTION...] database [key ...]\n",
      );
      return 1;
    }
    let found = true;
    for (const name of names) {
      const local = localAddress(context.files.stat("/etc/hosts") ? context.files.readFile("/etc/hosts") : "", name);
      const answer = local === undefined ? await context.resolve(name, isAddress(name) ? "PTR" : "A") : undefined;
      const addresses =
        local === undefined ? answer!.records.filter(({ type }) => type === "A").map(({ data }) => data) : [local];
      const pointer = answer?.records.find(({ type }) => type === "PTR");
      if (pointer) await context.stdout.write(`${name.padEnd(15)} ${pointer.data.replace(/\.$/, "")}\n`);
      else if (addresses.length === 0) found = false;
      for (const address of addresses) {
        const full = answer?.name ?? name;
        if (database === "hosts") await context.stdout.write(`${address.padEnd(15)} ${full}\n`);
        else
          await context.stdout.write(
            `${address.padEnd(15)} STREAM ${full}\n${address.padEnd(15)} DGRAM  \n${address.padEnd(15)} RAW    \n`,
          );
      }
    }
    return found ? 0 : 2;
  },
};

function localAddress(hosts: string, name: string): string | undefined {
  for (const line of hosts.split("\n")) {
    const [address, ...names] = line.replace(/#.*$/, "").trim().split(/\s+/);
    if (address && isAddress(address) && names.includes(name)) return address;
  }
  return undefined;
}
