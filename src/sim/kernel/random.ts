/** A seeded generator whose whole state is four 32-bit numbers (sfc32), so that it can be kept in a snapshot. */
export type RandomState = [number, number, number, number];

/** Spreads any seed text or number over the four words (FNV-1a with splitmix finalisers), then warms the generator up. */
export function seedRandom(seed: string | number): RandomState {
  let hash = 0x811c9dc5;
  for (const char of String(seed)) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  const word = () => {
    hash = (hash + 0x9e3779b9) | 0;
    let z = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
  const state: RandomState = [word(), word(), word(), 1];
  for (let round = 0; round < 12; round++) nextUint32(state);
  return state;
}

/** Advances `state` in place. */
export function nextUint32(state: RandomState): number {
  const [a, b, c, counter] = state;
  const sum = (a + b + counter) | 0;
  state[3] = (counter + 1) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = (c + (c << 3)) | 0;
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  state[2] |= 0;
  return sum >>> 0;
}
