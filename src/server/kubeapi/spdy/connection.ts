import type { Duplex } from "node:stream";
import {
  controlFrame,
  dataFrame,
  FLAG_FIN,
  type Frame,
  FrameReader,
  GOAWAY,
  PING,
  RST_STREAM,
  SYN_REPLY,
  SYN_STREAM,
  words,
} from "./frames";
import { HeaderReader, type Headers, HeaderWriter } from "./headers";

/** A client opens two for each connection that it forwards, and closes them again. */
const STREAMS_LIMIT = 1000;
/** What goes out at once in a frame. */
const DATA_LIMIT_BYTES = 32 * 1024;

const PROTOCOL_ERROR = 1;
const REFUSED_STREAM = 3;

/** One stream that the client has opened. */
export interface SpdyStream {
  readonly headers: Headers;
  onData(listener: (bytes: Buffer) => void): void;
  /** The client will send no more. */
  onEnd(listener: () => void): void;
  /** The client gave the stream up, or the connection has gone. */
  onReset(listener: () => void): void;
  write(bytes: Uint8Array): void;
  /** Nothing more will be sent. */
  end(): void;
  reset(): void;
}

class Stream implements SpdyStream {
  private dataListener: ((bytes: Buffer) => void) | undefined;
  private endListener: (() => void) | undefined;
  private resetListener: (() => void) | undefined;
  private early: Buffer[] = [];
  private ended = false;
  private closed = false;
  private finished = false;

  constructor(
    private readonly id: number,
    readonly headers: Headers,
    private readonly send: (frame: Buffer) => void,
    private readonly forget: () => void,
  ) {}

  onData(listener: (bytes: Buffer) => void): void {
    this.dataListener = listener;
    for (const bytes of this.early.splice(0)) listener(bytes);
  }

  onEnd(listener: () => void): void {
    this.endListener = listener;
    if (this.ended) listener();
  }

  onReset(listener: () => void): void {
    this.resetListener = listener;
  }

  write(bytes: Uint8Array): void {
    if (this.finished || this.closed) return;
    for (let at = 0; at < bytes.length; at += DATA_LIMIT_BYTES)
      this.send(dataFrame(this.id, 0, bytes.subarray(at, at + DATA_LIMIT_BYTES)));
  }

  end(): void {
    if (this.finished || this.closed) return;
    this.finished = true;
    this.send(dataFrame(this.id, FLAG_FIN, Buffer.alloc(0)));
    if (this.ended) this.forget();
  }

  reset(): void {
    if (this.closed) return;
    this.closed = true;
    this.send(controlFrame(RST_STREAM, 0, words(this.id, PROTOCOL_ERROR)));
    this.forget();
  }

  receive(bytes: Buffer, last: boolean): void {
    if (this.ended || this.closed) return;
    if (bytes.length > 0) {
      if (this.dataListener) this.dataListener(bytes);
      else this.early.push(bytes);
    }
    if (last) this.receiveEnd();
  }

  receiveEnd(): void {
    if (this.ended) return;
    this.ended = true;
    this.endListener?.();
    if (this.finished) this.forget();
  }

  lose(): void {
    if (this.closed) return;
    this.closed = true;
    this.resetListener?.();
  }
}

/**
 * The server's end of a SPDY/3.1 connection, as far as Kubernetes' streams need it: clients of these streams neither send
 * nor heed window updates, so the transport's own back-pressure is the only one.
 */
export class SpdyConnection {
  private readonly frames = new FrameReader();
  private readonly reader = new HeaderReader();
  private readonly writer = new HeaderWriter();
  private readonly streams = new Map<number, Stream>();
  private work: Promise<void> = Promise.resolve();
  private lastStream = 0;
  private gone = false;
  private held = false;
  private handling = 0;

  constructor(
    private readonly transport: Duplex,
    private readonly onStream: (stream: SpdyStream) => void,
    private readonly onClose: () => void = () => {},
  ) {
    transport.on("data", (chunk: Buffer) => this.receive(chunk));
    // After what came before the end was handled.
    transport.on("end", () => void this.work.then(() => this.close()));
    transport.on("close", () => this.lose());
    transport.on("error", () => this.lose());
  }

  /** What is waiting to go out: who writes much looks at it. */
  get backlogBytes(): number {
    return this.transport.writableLength;
  }

  onceDrained(listener: () => void): void {
    if (this.transport.writableNeedDrain) this.transport.once("drain", listener);
    else listener();
  }

  close(): void {
    if (this.gone) return;
    this.send(controlFrame(GOAWAY, 0, words(this.lastStream, 0)));
    this.transport.end();
    this.lose();
  }

  /** What comes in waits with the client. */
  pause(): void {
    this.held = true;
    this.transport.pause();
  }

  resume(): void {
    this.held = false;
    if (this.handling === 0) this.transport.resume();
  }

  private receive(chunk: Buffer): void {
    this.transport.pause();
    this.handling++;
    this.work = this.work
      .then(async () => {
        if (this.gone) return;
        for (const frame of this.frames.push(chunk)) await this.handle(frame);
      })
      .catch(() => {
        this.transport.destroy();
        this.lose();
      })
      .finally(() => {
        this.handling--;
        if (!this.held && this.handling === 0) this.transport.resume();
      });
  }

  private async handle(frame: Frame): Promise<void> {
    if (frame.kind === "data") {
      this.streams.get(frame.streamId)?.receive(frame.payload, (frame.flags & FLAG_FIN) !== 0);
      return;
    }
    const { type, payload } = frame;
    if (type === PING) this.send(controlFrame(PING, 0, payload));
    else if (type === GOAWAY) this.goingAway();
    else if (type === RST_STREAM) this.drop(payload.readUInt32BE(0));
    else if (type === SYN_STREAM) await this.open(payload, frame.flags);
  }

  private async open(payload: Buffer, flags: number): Promise<void> {
    const id = payload.readUInt32BE(0) & 0x7fffffff;
    // The block is read even where the stream is refused: the next one depends on it.
    const headers = await this.reader.read(payload.subarray(10));
    if (this.streams.size >= STREAMS_LIMIT || id <= this.lastStream) {
      this.send(controlFrame(RST_STREAM, 0, words(id, REFUSED_STREAM)));
      return;
    }
    this.lastStream = id;
    const stream = new Stream(
      id,
      headers,
      (bytes) => this.send(bytes),
      () => this.streams.delete(id),
    );
    this.streams.set(id, stream);
    this.send(controlFrame(SYN_REPLY, 0, Buffer.concat([words(id), this.writer.write({})])));
    this.onStream(stream);
    if (flags & FLAG_FIN) stream.receiveEnd();
  }

  private drop(id: number): void {
    const stream = this.streams.get(id);
    this.streams.delete(id);
    stream?.lose();
  }

  /** A client that goes away sends nothing more. */
  private goingAway(): void {
    this.close();
  }

  private send(bytes: Buffer): void {
    if (!this.gone && this.transport.writable) this.transport.write(bytes);
  }

  private lose(): void {
    if (this.gone) return;
    this.gone = true;
    for (const stream of this.streams.values()) stream.lose();
    this.streams.clear();
    this.reader.close();
    this.onClose();
  }
}
