/**
 * Sorts as Go's `sort.Sort` does (pattern-defeating quicksort), so that what counts as equal ends up in the same order
 * as in kubectl, whose tables are sorted that way. `less` may be any relation at all: the walk always ends.
 */
export function goSort<T>(items: readonly T[], less: (a: T, b: T) => boolean): T[] {
  const sorted = [...items];
  new Quicksort(sorted, less).sort(0, sorted.length, bitLength(sorted.length));
  return sorted;
}

const INSERTION_LIMIT = 12;
const NINTHER_FROM = 50;
const SWAPS_OF_REVERSED = 12;
const SHIFTS = 5;

type Hint = "increasing" | "decreasing" | "unknown";

const bitLength = (value: number) => (value === 0 ? 0 : 32 - Math.clz32(value));
const half = (value: number) => Math.floor(value / 2);

class Quicksort<T> {
  constructor(
    private readonly items: T[],
    private readonly compare: (a: T, b: T) => boolean,
  ) {}

  private less(i: number, j: number): boolean {
    return this.compare(this.items[i]!, this.items[j]!);
  }

  private swap(i: number, j: number): void {
    const { items } = this;
    [items[i], items[j]] = [items[j]!, items[i]!];
  }

  sort(from: number, to: number, badChoices: number): void {
    let [a, b, limit] = [from, to, badChoices];
    let balanced = true;
    let partitioned = true;
    for (;;) {
      const length = b - a;
      if (length <= INSERTION_LIMIT || limit === 0) {
        if (length <= INSERTION_LIMIT) this.insertion(a, b);
        else this.heap(a, b);
        return;
      }
      if (!balanced) {
        this.breakPatterns(a, b);
        limit--;
      }
      let { pivot, hint } = this.choosePivot(a, b);
      if (hint === "decreasing") {
        for (let i = a, j = b - 1; i < j; i++, j--) this.swap(i, j);
        pivot = b - 1 - (pivot - a);
        hint = "increasing";
      }
      if (balanced && partitioned && hint === "increasing" && this.partialInsertion(a, b)) return;
      if (a > 0 && !this.less(a - 1, pivot)) {
        a = this.partitionEqual(a, b, pivot);
        continue;
      }
      const [middle, already] = this.partition(a, b, pivot);
      partitioned = already;
      const [left, right] = [middle - a, b - middle];
      balanced = Math.min(left, right) >= Math.floor(length / 8);
      if (left < right) {
        this.sort(a, middle, limit);
        a = middle + 1;
      } else {
        this.sort(middle + 1, b, limit);
        b = middle;
      }
    }
  }

  private insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && this.less(j, j - 1); j--) this.swap(j, j - 1);
  }

  private heap(first: number, end: number): void {
    const size = end - first;
    for (let i = half(size - 1); i >= 0; i--) this.siftDown(i, size, first);
    for (let i = size - 1; i >= 0; i--) {
      this.swap(first, first + i);
      this.siftDown(0, i, first);
    }
  }

  private siftDown(low: number, high: number, first: number): void {
    for (let root = low; ; ) {
      let child = 2 * root + 1;
      if (child >= high) return;
      if (child + 1 < high && this.less(first + child, first + child + 1)) child++;
      if (!this.less(first + root, first + child)) return;
      this.swap(first + root, first + child);
      root = child;
    }
  }

  /** A few swaps at places that look random but depend on the length alone. */
  private breakPatterns(a: number, b: number): void {
    const length = b - a;
    if (length < 8) return;
    let random = BigInt(length);
    const mask = (1 << bitLength(length)) - 1;
    const at = a + Math.floor(length / 4) * 2;
    for (let i = 0; i < 3; i++) {
      random = BigInt.asUintN(64, random ^ (random << 13n));
      random ^= random >> 7n;
      random = BigInt.asUintN(64, random ^ (random << 17n));
      let other = Number(random & BigInt(mask));
      if (other >= length) other -= length;
      this.swap(at - 1 + i, a + other);
    }
  }

  private choosePivot(a: number, b: number): { pivot: number; hint: Hint } {
    const length = b - a;
    const quarter = Math.floor(length / 4);
    let swaps = 0;
    const order = (x: number, y: number): [number, number] => {
      if (!this.less(y, x)) return [x, y];
      swaps++;
      return [y, x];
    };
    const median = (first: number, second: number, third: number): number => {
      const [low, high] = order(first, second);
      const [middle] = order(high, third);
      return order(low, middle)[1];
    };
    const around = (x: number) => (length >= NINTHER_FROM ? median(x - 1, x, x + 1) : x);
    let pivot = a + quarter * 2;
    if (length >= 8) {
      const i = around(a + quarter);
      pivot = around(pivot);
      pivot = median(i, pivot, around(a + quarter * 3));
    }
    return { pivot, hint: swaps === 0 ? "increasing" : swaps === SWAPS_OF_REVERSED ? "decreasing" : "unknown" };
  }

  private partialInsertion(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < SHIFTS; step++) {
      while (i < b && !this.less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < NINTHER_FROM) return false;
      this.swap(i, i - 1);
      if (i - a >= 2) for (let j = i - 1; j >= 1 && this.less(j, j - 1); j--) this.swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && this.less(j, j - 1); j++) this.swap(j, j - 1);
    }
    return false;
  }

  private partition(a: number, b: number, pivot: number): [middle: number, already: boolean] {
    this.swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (let already = true; ; already = false) {
      while (i <= j && this.less(i, a)) i++;
      while (i <= j && !this.less(j, a)) j--;
      if (i > j) {
        this.swap(j, a);
        return [j, already];
      }
      this.swap(i++, j--);
    }
  }

  private partitionEqual(a: number, b: number, pivot: number): number {
    this.swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (;;) {
      while (i <= j && !this.less(a, i)) i++;
      while (i <= j && this.less(a, j)) j--;
      if (i > j) return i;
      this.swap(i++, j--);
    }
  }
}
