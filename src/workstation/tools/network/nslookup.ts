import type { DnsAnswer } from "@/sim/network/types";
import type { Tool, ToolContext } from "../tool";

const TYPES = ["A", "SRV", "PTR"] as const;
type RecordType = (typeof TYPES)[number];

const isAddress = (name: string) => /^\d+(\.\d+){3}$/.test(name);
const reverseName = (address: string) => `${address.split(".").reverse().join(".")}.in-addr.arpa`;

function typeOf(text: string | undefined): RecordType {
  const type = text?.toUpperCase() as RecordType;
  return TYPES.includes(type) ? type : "A";
}

/** nslookup of bind-utils, or of busybox where the image has that. */
export const nslookup: Tool = {
  name: "nslookup",
  async run(context) {
    const words = context.argv.slice(1);
    const type = words.map((word) => /^-(?:query|type|q)=(.+)$/.exec(word)?.[1]).find(Boolean);
    const [name] = words.filter((word) => !word.startsWith("-"));
    if (!name) {
      context.stderr.write("usage: nslookup NAME\n");
      return 1;
    }
    const answer = await context.resolve(name, isAddress(name) ? "PTR" : typeOf(type));
    const busybox = context.machine.userland === "busybox" || context.machine.userland === "alpine";
    const head = busybox
      ? `Server:\t\t${answer.server}\nAddress:\t${answer.server}:53\n\n`
      : `Server:\t\t${answer.server}\nAddress:\t${answer.server}#53\n\n`;
    if (answer.outcome === "timeout") {
      await context.stdout.write(";; connection timed out; no servers could be reached\n\n");
      return 1;
    }
    await context.stdout.write(head);
    if (answer.outcome !== "ok") {
      const code = answer.outcome === "servfail" ? "SERVFAIL" : "NXDOMAIN";
      if (answer.outcome === "no-data")
        await context.stdout.write(
          busybox ? `*** Can't find ${name}: No answer\n\n` : `*** Can't find ${name}: No answer\n\n`,
        );
      else await context.stdout.write(`** server can't find ${answer.name || name}: ${code}\n\n`);
      return 1;
    }
    await context.stdout.write(records(answer));
    return 0;
  },
};

function records(answer: DnsAnswer): string {
  const forms = {
    A: (name: string, data: string) => `Name:\t${name}\nAddress: ${data}`,
    CNAME: (name: string, data: string) => `${name}\tcanonical name = ${data}`,
    SRV: (name: string, data: string) => `${name}\tservice = ${data}`,
    PTR: (name: string, data: string) => `${name}\tname = ${data}`,
  };
  const lines = answer.records.map((record) => forms[record.type](record.name, record.data));
  return `${lines.join("\n")}\n\n`;
}

/** host: one line per record. */
export const host: Tool = {
  name: "host",
  async run(context) {
    const words = context.argv.slice(1);
    const at = words.indexOf("-t");
    const type = at >= 0 ? words[at + 1] : undefined;
    const [name] = words.filter((word, index) => !word.startsWith("-") && index !== at + 1);
    if (!name) {
      context.stderr.write("Usage: host [-t type] name\n");
      return 1;
    }
    const answer = await context.resolve(name, isAddress(name) ? "PTR" : typeOf(type));
    if (answer.outcome === "timeout") {
      await context.stdout.write(";; connection timed out; no servers could be reached\n");
      return 1;
    }
    if (answer.outcome !== "ok") {
      const what = answer.outcome === "servfail" ? "2(SERVFAIL)" : "3(NXDOMAIN)";
      await context.stdout.write(
        answer.outcome === "no-data"
          ? `${answer.name} has no ${typeOf(type)} record\n`
          : `Host ${isAddress(name) ? `${reverseName(name)}.` : name} not found: ${what}\n`,
      );
      return 1;
    }
    const verbs = { A: "has address", CNAME: "is an alias for", SRV: "has SRV record", PTR: "domain name pointer" };
    for (const record of answer.records)
      await context.stdout.write(`${record.name} ${verbs[record.type]} ${record.data}\n`);
    return 0;
  },
};

/** dig: `+short` and the long form's sections. */
export const dig: Tool = {
  name: "dig",
  async run(context) {
    const words = context.argv.slice(1).filter((word) => !word.startsWith("@"));
    const short = words.includes("+short");
    const reverse = words.indexOf("-x");
    const plain = words.filter((word) => !word.startsWith("+") && !word.startsWith("-"));
    const type = plain.find(
      (word) => TYPES.includes(word.toUpperCase() as RecordType) || word.toUpperCase() === "CNAME",
    );
    const name = reverse >= 0 ? words[reverse + 1] : plain.find((word) => word !== type);
    if (!name) return 0;
    // dig does not use the search path unless asked to: a name without +search is taken as it stands.
    const full = words.includes("+search") || isAddress(name) || name.endsWith(".") ? name : `${name}.`;
    const answer = await context.resolve(full, reverse >= 0 ? "PTR" : typeOf(type));
    if (answer.outcome === "timeout") {
      await context.stdout.write(
        `;; communications error to ${answer.server}#53: timed out\n;; no servers could be reached\n`,
      );
      return 9;
    }
    if (short) {
      for (const record of answer.records) await context.stdout.write(`${record.data}\n`);
      return 0;
    }
    await context.stdout.write(longForm(reverse >= 0 ? reverseName(name) : name, typeOf(type), answer, context));
    return 0;
  },
};

function longForm(name: string, type: string, answer: DnsAnswer, context: ToolContext): string {
  const status = {
    ok: "NOERROR",
    "no-data": "NOERROR",
    nxdomain: "NXDOMAIN",
    servfail: "SERVFAIL",
    timeout: "SERVFAIL",
  }[answer.outcome];
  const lines = [
    "",
    `; <<>> DiG 9.18.33-1~deb12u2-Debian <<>> ${context.argv.slice(1).join(" ")}`,
    ";; global options: +cmd",
    ";; Got answer:",
    `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: ${Math.floor(context.random() * 65_536)}`,
    `;; flags: qr aa rd; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: 0, ADDITIONAL: 1`,
    "",
    ";; QUESTION SECTION:",
    `;${name.replace(/\.?$/, ".")}\t\tIN\t${type}`,
    "",
  ];
  if (answer.records.length > 0)
    lines.push(
      ";; ANSWER SECTION:",
      ...answer.records.map(
        (record) => `${record.name.replace(/\.?$/, ".")}\t${record.ttl}\tIN\t${record.type}\t${record.data}`,
      ),
      "",
    );
  lines.push(
    `;; Query time: ${Math.round(answer.latencyMs)} msec`,
    `;; SERVER: ${answer.server}#53(${answer.server}) (UDP)`,
    "",
  );
  return `${lines.join("\n")}\n`;
}
