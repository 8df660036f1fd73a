import { AppError } from "./errors";

/** Keys remembered at once; the oldest are forgotten first, so that strangers cannot fill the memory. */
const KEYS_LIMIT = 20_000;

/** A token bucket per key: `burst` at once, refilled at `perMinute`. */
export class RateLimit {
  private buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(
    private readonly burst: number,
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one token, or says no. */
  take(key: string, cost = 1): boolean {
    const nowMs = this.now();
    const bucket = this.buckets.get(key) ?? { tokens: this.burst, atMs: nowMs };
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((nowMs - bucket.atMs) * this.perMinute) / 60_000);
    bucket.atMs = nowMs;
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    if (this.buckets.size > KEYS_LIMIT) this.buckets.delete(this.buckets.keys().next().value!);
    if (bucket.tokens < cost) return false;
    bucket.tokens -= cost;
    return true;
  }

  /** Throws where there is no token left. */
  demand(key: string): void {
    if (!this.take(key)) throw new AppError("TOO_MANY_REQUESTS", "Too many attempts. Wait a minute, then try again.");
  }
}
