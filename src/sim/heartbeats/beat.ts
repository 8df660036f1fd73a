/** The latest of the moments that lie whole periods after `anchorMs`, not after `untilMs`. */
export const lastBeat = (anchorMs: number, periodMs: number, untilMs: number): number =>
  untilMs <= anchorMs ? anchorMs : anchorMs + Math.floor((untilMs - anchorMs) / periodMs) * periodMs;

/** The first of the moments that lie whole periods from `anchorMs`, not before `fromMs`. */
export const nextBeat = (anchorMs: number, periodMs: number, fromMs: number): number =>
  anchorMs + Math.ceil((fromMs - anchorMs) / periodMs) * periodMs;
