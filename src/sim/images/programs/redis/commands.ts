/** The data commands of redis on plain state. */

export interface Entry {
  value: string | string[];
  expiresMs?: number;
}
export interface RedisState {
  entries: Record<string, Entry>;
}
export type Reply =
  | { kind: "simple" | "error" | "bulk"; text: string }
  | { kind: "integer"; value: number }
  | { kind: "nil" }
  | { kind: "list"; items: string[] };

const OK: Reply = { kind: "simple", text: "OK" };
const NIL: Reply = { kind: "nil" };
const WRONG_TYPE: Reply = { kind: "error", text: "WRONGTYPE Operation against a key holding the wrong kind of value" };
const NOT_INTEGER: Reply = { kind: "error", text: "ERR value is not an integer or out of range" };
const integer = (value: number): Reply => ({ kind: "integer", value });
const bulk = (text: string): Reply => ({ kind: "bulk", text });

/** Splits an inline command; quotes as in a shell. RESP arrays are understood too. */
export function words(raw: string): string[] {
  if (raw.startsWith("*")) {
    const parts = raw.split("\r\n").slice(1);
    return parts.filter((_, index) => index % 2 === 1 && index < parts.length);
  }
  const found = raw.trim().match(/"(?:[^"\\]|\\.)*"|'[^']*'|\S+/g) ?? [];
  return found.map((word) => word.replace(/^(["'])(.*)\1$/s, "$2"));
}

type Command = (keys: Keys, args: string[], nowMs: number) => Reply;

/** Least and most arguments (without the name), then what it does. */
const COMMANDS: Record<string, [least: number, most: number, run: Command]> = {
  ping: [0, 1, (_, [text]) => (text === undefined ? { kind: "simple", text: "PONG" } : bulk(text))],
  echo: [1, 1, (_, [text]) => bulk(text!)],
  set: [2, 8, set],
  setnx: [2, 2, (keys, [key, value]) => integer(keys.get(key!) ? 0 : keys.put(key!, { value: value! }))],
  get: [1, 1, (keys, [key]) => text(keys, key!, bulk)],
  strlen: [1, 1, (keys, [key]) => text(keys, key!, (value) => integer(value.length), integer(0))],
  append: [2, 2, append],
  incr: [1, 1, (keys, [key]) => add(keys, key!, "1")],
  decr: [1, 1, (keys, [key]) => add(keys, key!, "-1")],
  incrby: [2, 2, (keys, [key, by]) => add(keys, key!, by!)],
  decrby: [2, 2, (keys, [key, by]) => add(keys, key!, `${-Number(by)}`)],
  del: [1, 1000, (keys, args) => integer(args.filter((key) => keys.remove(key)).length)],
  exists: [1, 1000, (keys, args) => integer(args.filter((key) => keys.get(key)).length)],
  keys: [1, 1, (keys, [pattern]) => ({ kind: "list", items: keys.names().filter(glob(pattern!)) })],
  dbsize: [0, 0, (keys) => integer(keys.names().length)],
  type: [1, 1, (keys, [key]) => ({ kind: "simple", text: typeName(keys.get(key!)) })],
  expire: [2, 2, expire],
  ttl: [1, 1, ttl],
  rpush: [2, 1000, (keys, [key, ...values]) => push(keys, key!, (list) => [...list, ...values])],
  lpush: [2, 1000, (keys, [key, ...values]) => push(keys, key!, (list) => [...values.reverse(), ...list])],
  llen: [1, 1, (keys, [key]) => list(keys, key!, (items) => integer(items.length))],
  lrange: [
    3,
    3,
    (keys, [key, from, to]) =>
      list(keys, key!, (items) => ({ kind: "list", items: range(items, Number(from), Number(to)) })),
  ],
  flushall: [0, 1, flush],
  flushdb: [0, 1, flush],
  info: [
    0,
    1,
    (keys) =>
      bulk(
        `# Server\r\nredis_mode:standalone\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n# Keyspace\r\ndb0:keys=${keys.names().length}\r\n`,
      ),
  ],
  select: [1, 1, () => OK],
  quit: [0, 0, () => OK],
};

/** Runs one command and gives the reply and the state after it (the same one where nothing changed). */
export function execute<S extends RedisState>(state: S, args: string[], nowMs: number): [Reply, S] {
  const [name = "", ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name.toLowerCase()) ? COMMANDS[name.toLowerCase()] : undefined;
  if (!command) {
    const shown = rest.map((word) => `'${word}' `).join("");
    return [
      { kind: "error", text: `ERR unknown command '${name}', with args beginning with: ${shown}`.trimEnd() },
      state,
    ];
  }
  const [least, most, run] = command;
  if (rest.length < least || rest.length > most) {
    return [{ kind: "error", text: `ERR wrong number of arguments for '${name.toLowerCase()}' command` }, state];
  }
  const keys = new Keys(state.entries, nowMs);
  const reply = run(keys, rest, nowMs);
  return [reply, keys.changed ? { ...state, entries: keys.entries } : state];
}

/** A view of the keys that copies on the first write and sees no expired ones. */
class Keys {
  changed = false;
  constructor(
    public entries: Record<string, Entry>,
    private readonly nowMs: number,
  ) {}
  get(key: string): Entry | undefined {
    const entry = Object.hasOwn(this.entries, key) ? this.entries[key] : undefined;
    return entry && (entry.expiresMs ?? Number.POSITIVE_INFINITY) > this.nowMs ? entry : undefined;
  }
  put(key: string, entry: Entry): number {
    this.entries = { ...this.entries, [key]: entry };
    this.changed = true;
    return 1;
  }
  remove(key: string): boolean {
    if (!this.get(key)) return false;
    const { [key]: _gone, ...rest } = this.entries;
    this.entries = rest;
    this.changed = true;
    return true;
  }
  names(): string[] {
    return Object.keys(this.entries).filter((key) => this.get(key));
  }
}

function set(keys: Keys, [key, value, ...options]: string[], nowMs: number): Reply {
  const names = options.map((option) => option.toLowerCase());
  if (names.includes("nx") && keys.get(key!)) return NIL;
  if (names.includes("xx") && !keys.get(key!)) return NIL;
  const ex = names.indexOf("ex");
  const px = names.indexOf("px");
  const lifeMs = ex >= 0 ? Number(options[ex + 1]) * 1000 : px >= 0 ? Number(options[px + 1]) : undefined;
  if (lifeMs !== undefined && !(lifeMs > 0)) return { kind: "error", text: "ERR invalid expire time in 'set' command" };
  keys.put(key!, { value: value!, ...(lifeMs !== undefined && { expiresMs: nowMs + lifeMs }) });
  return OK;
}

function text(keys: Keys, key: string, use: (value: string) => Reply, none: Reply = NIL): Reply {
  const entry = keys.get(key);
  if (!entry) return none;
  return typeof entry.value === "string" ? use(entry.value) : WRONG_TYPE;
}

function append(keys: Keys, [key, more]: string[]): Reply {
  const entry = keys.get(key!);
  if (entry && typeof entry.value !== "string") return WRONG_TYPE;
  const value = `${entry?.value ?? ""}${more}`;
  keys.put(key!, { ...entry, value });
  return integer(value.length);
}

function add(keys: Keys, key: string, by: string): Reply {
  const entry = keys.get(key);
  if (entry && typeof entry.value !== "string") return WRONG_TYPE;
  const before = String(entry?.value ?? "0");
  if (!/^-?\d{1,15}$/.test(before) || !/^-?\d{1,15}$/.test(by)) return NOT_INTEGER;
  const value = Number(before) + Number(by);
  keys.put(key, { ...entry, value: String(value) });
  return integer(value);
}

function expire(keys: Keys, [key, seconds]: string[], nowMs: number): Reply {
  const entry = keys.get(key!);
  if (!/^-?\d+$/.test(seconds!)) return NOT_INTEGER;
  if (!entry) return integer(0);
  keys.put(key!, { ...entry, expiresMs: nowMs + Number(seconds) * 1000 });
  return integer(1);
}

function ttl(keys: Keys, [key]: string[], nowMs: number): Reply {
  const entry = keys.get(key!);
  if (!entry) return integer(-2);
  return integer(entry.expiresMs === undefined ? -1 : Math.ceil((entry.expiresMs - nowMs) / 1000));
}

function list(keys: Keys, key: string, use: (items: string[]) => Reply): Reply {
  const value = keys.get(key)?.value ?? [];
  return typeof value === "string" ? WRONG_TYPE : use(value);
}

function push(keys: Keys, key: string, change: (items: string[]) => string[]): Reply {
  return list(keys, key, (items) => {
    const value = change(items);
    keys.put(key, { ...keys.get(key), value });
    return integer(value.length);
  });
}

function flush(keys: Keys): Reply {
  keys.entries = {};
  keys.changed = true;
  return OK;
}

function range(items: string[], from: number, to: number): string[] {
  const start = from < 0 ? Math.max(0, items.length + from) : from;
  const end = to < 0 ? items.length + to : to;
  return items.slice(start, end + 1);
}

function glob(pattern: string): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  try {
    const matcher = new RegExp(`^${source}$`, "s");
    return (name) => matcher.test(name);
  } catch {
    return () => false;
  }
}

function typeName(entry: Entry | undefined): string {
  return entry === undefined ? "none" : typeof entry.value === "string" ? "string" : "list";
}
