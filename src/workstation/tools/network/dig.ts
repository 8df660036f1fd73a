import { civil } from "@/sim/kernel/time";
import type { RecordType } from "@/sim/network/dns/types";
import type { DnsAnswer } from "@/sim/network/types";
import type { Tool, ToolContext } from "../tool";
import { CODES, dotted, isAddress, reverseName, typeNamed } from "./questions";

/** dig asks this often before it gives a server up. */
const TRIES = 3;

interface Question {
  name: string;
  type: RecordType;
  server?: string;
  short: boolean;
  search: boolean;
  /** `+noall +answer` shows the answer section only. */
  answerOnly: boolean;
}

function questionOf(words: readonly string[]): Question | undefined {
  const server = words.find((word) => word.startsWith("@"))?.slice(1);
  const reverse = words.indexOf("-x");
  const typed = words.indexOf("-t");
  const plain = words.filter(
    (word, index) =>
      !/^[@+-]/.test(word) && (reverse < 0 || index !== reverse + 1) && (typed < 0 || index !== typed + 1),
  );
  const type = typeNamed(typed >= 0 ? words[typed + 1] : plain.find((word) => typeNamed(word)));
  const name = plain.find((word) => !typeNamed(word) && word.toUpperCase() !== "IN");
  const address = reverse >= 0 ? words[reverse + 1] : undefined;
  if (address === undefined && name === undefined) return undefined;
  return {
    name: address === undefined ? name! : reverseName(address),
    type: address === undefined ? (type ?? "A") : "PTR",
    ...(server !== undefined && { server }),
    short: words.includes("+short"),
    search: words.includes("+search"),
    answerOnly: words.includes("+noall") && words.includes("+answer"),
  };
}

/** dig: a name is taken as it stands unless `+search` is there. */
export const dig: Tool = {
  name: "dig",
  async run(context) {
    const question = questionOf(context.argv.slice(1));
    if (!question) return 0;
    let server = question.server;
    if (server !== undefined && !isAddress(server)) {
      const found = (await context.resolve(server)).records.find(({ type }) => type === "A")?.data;
      if (found === undefined) {
        context.stderr.write(`dig: couldn't get address for '${server}': not found\n`);
        return 10;
      }
      server = found;
    }
    const answer = await context.resolve(question.name, question.type, {
      plain: !question.search,
      ...(server !== undefined && { server }),
    });
    if (answer.outcome === "timeout") {
      const line = `;; communications error to ${answer.server}#53: ${answer.failure === "refused" ? "connection refused" : "timed out"}\n`;
      const banner = question.short ? "" : `${bannerOf(context)}\n;; global options: +cmd\n`;
      await context.stdout.write(
        `${line.repeat(TRIES)}${banner}${question.short ? "" : ""};; no servers could be reached\n`,
      );
      return 9;
    }
    if (question.short) {
      for (const { type, data } of answer.records)
        await context.stdout.write(`${type === "CNAME" ? dotted(data) : data}\n`);
    } else await context.stdout.write(longForm(question, answer, context));
    return 0;
  },
};

const bannerOf = (context: ToolContext): string =>
  `\n; <<>> DiG 9.18.33-1~deb12u2-Debian <<>> ${context.argv.slice(1).join(" ")}`;

/** Names are filled up with tabs to three stops, so that the columns stand. */
const column = (name: string, stops: number): string => {
  const tabs = Math.max(1, stops - Math.floor(name.length / 8));
  return `${name}${"\t".repeat(tabs)}`;
};

function longForm({ name, type, search, answerOnly }: Question, answer: DnsAnswer, context: ToolContext): string {
  const records = answer.records.map(
    (record) =>
      `${column(dotted(record.name), 3)}${record.ttl}\tIN\t${record.type}\t${record.type === "CNAME" ? dotted(record.data) : record.data}`,
  );
  if (answerOnly) return records.map((line) => `${line}\n`).join("");
  const authoritative = answer.server.startsWith("127.") ? "qr rd ra" : "qr aa rd";
  const asked = dotted(search ? answer.name : name);
  const lines = [
    bannerOf(context),
    ";; global options: +cmd",
    ";; Got answer:",
    `;; ->>HEADER<<- opcode: QUERY, status: ${CODES[answer.outcome]}, id: ${Math.floor(context.random() * 65_536)}`,
    `;; flags: ${authoritative}; QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 1`,
    ...(authoritative === "qr aa rd" ? [";; WARNING: recursion requested but not available"] : []),
    "",
    ";; OPT PSEUDOSECTION:",
    "; EDNS: version: 0, flags:; udp: 1232",
    ";; QUESTION SECTION:",
    `${column(`;${asked}`, 4)}IN\t${type}`,
    "",
    ...(records.length > 0 ? [";; ANSWER SECTION:", ...records, ""] : []),
    `;; Query time: ${Math.round(answer.latencyMs)} msec`,
    `;; SERVER: ${answer.server}#53(${answer.server}) (UDP)`,
    `;; WHEN: ${when(context.nowMs)}`,
    `;; MSG SIZE  rcvd: ${size(asked, answer)}`,
    "",
  ];
  return `${lines.join("\n")}\n`;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Mon Jan 05 09:00:00 UTC 2026` */
function when(nowMs: number): string {
  const { year, month, day, hour, minute, second } = civil(nowMs);
  const pad = (value: number) => String(value).padStart(2, "0");
  const weekday = DAYS[(Math.floor(nowMs / 86_400_000) + 4) % 7];
  return `${weekday} ${MONTHS[month - 1]} ${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)} UTC ${year}`;
}

/** Header, question, options and the answers, none of them compressed, as CoreDNS sends them. */
function size(asked: string, { records }: DnsAnswer): number {
  const data = { A: () => 4, CNAME: (text: string) => text.length + 2, PTR: (text: string) => text.length + 1 };
  const lengths = records.map(({ name, type, data: text }) => {
    const own = type === "SRV" ? 6 + (text.split(" ")[3]?.length ?? 0) + 1 : data[type](text);
    return name.length + 2 + 10 + own;
  });
  return 12 + asked.length + 1 + 4 + 23 + lengths.reduce((sum, one) => sum + one, 0);
}
