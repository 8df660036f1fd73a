import type { ApiStream } from "@/workstation/lab/types";
import { BytesToText, TextToBytes } from "./text";

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;
export const ERROR = 3;
export const RESIZE = 4;

/** What carries the channels of a remote command: the messages of a WebSocket, or the streams of SPDY. */
export interface Carrier {
  send(channel: number, bytes: Uint8Array): void;
  /** Everything was sent. */
  finish(): void;
  readonly backlogBytes: number;
  /** Calls back once, when less waits to go out. */
  onceDrained(listener: () => void): void;
  pause(): void;
  resume(): void;
}

/** A command that writes faster than its client reads waits from here on. */
const BACKLOG_PAUSE_BYTES = 256 * 1024;
/** A client that does not read what cannot be held up (a terminal's output) is dropped. */
const BACKLOG_LIMIT_BYTES = 16 * 1024 * 1024;

/** Moves bytes between a stream of the lab and its client, no faster than either side reads. */
export class CommandRelay {
  private readonly incoming = new Map<number, BytesToText>();
  private readonly outgoing = new Map<number, TextToBytes>();
  private paused = false;

  constructor(
    private readonly stream: ApiStream,
    private readonly carrier: Carrier,
  ) {}

  /** From now on the client is ready for what the command writes. */
  start(): void {
    this.stream.onData((channel, text) => this.out(channel, text));
    this.stream.onDrain(() => this.carrier.resume());
    void this.stream.closed.then(() => this.carrier.finish());
  }

  receive(channel: number, bytes: Uint8Array): void {
    let decoder = this.incoming.get(channel);
    if (!decoder) {
      decoder = new BytesToText();
      this.incoming.set(channel, decoder);
    }
    const text = decoder.push(bytes);
    if (text !== "" && !this.stream.send(channel, text)) this.carrier.pause();
  }

  end(channel: number): void {
    const rest = this.incoming.get(channel)?.end();
    if (rest) this.stream.send(channel, rest);
    this.stream.closeChannel(channel);
  }

  /** The client has gone. */
  gone(): void {
    this.stream.close();
  }

  private out(channel: number, text: string): void {
    let encoder = this.outgoing.get(channel);
    if (!encoder) {
      encoder = new TextToBytes();
      this.outgoing.set(channel, encoder);
    }
    const bytes = encoder.push(text);
    if (bytes.length > 0) this.carrier.send(channel, bytes);
    if (this.carrier.backlogBytes > BACKLOG_LIMIT_BYTES) this.gone();
    else if (this.carrier.backlogBytes > BACKLOG_PAUSE_BYTES && !this.paused) this.hold();
  }

  private hold(): void {
    this.paused = true;
    this.stream.pause();
    this.carrier.onceDrained(() => {
      this.paused = false;
      this.stream.resume();
    });
  }
}
