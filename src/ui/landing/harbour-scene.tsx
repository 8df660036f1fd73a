import { useMemo } from "react";

/** Stacks of crates on the ship's deck, bottom first; the tallest three make a podium. */
const DECK: number[][] = [
  [0, 1],
  [2, 3, 0],
  [1, 4, 2, 3],
  [4, 0, 1, 2, 4],
  [3, 2, 1, 0],
  [0, 4, 2],
  [2, 1],
];
const PAINT = ["var(--hull-edge)", "var(--lane)", "var(--running)", "var(--pending)", "var(--accent)"];
const CRATE = { width: 74, height: 30, gap: 3 };

function Crate({ x, y, paint }: { x: number; y: number; paint: string }) {
  const ribs = Array.from({ length: 8 }, (_, index) => `M${x + 9 + index * 8} ${y + 5}v${CRATE.height - 10}`).join("");
  return (
    <g>
      <rect x={x} y={y} width={CRATE.width} height={CRATE.height} rx={2.5} fill={paint} />
      <path d={ribs} stroke="#04121d" strokeOpacity="0.16" strokeWidth="2" />
      <path d={`M${x + 2} ${y + 1.2}h${CRATE.width - 4}`} stroke="#fff" strokeOpacity="0.28" strokeWidth="1.5" />
    </g>
  );
}

function Crane({ x, y, scale = 1, load }: { x: number; y: number; scale?: number; load?: string }) {
  return (
    <g
      transform={`translate(${x} ${y}) scale(${scale})`}
      fill="none"
      stroke="var(--scene-steel)"
      strokeWidth="7"
      strokeLinejoin="round"
    >
      <path d="M0 0 24 -230M120 0 96 -230M24 -230H96M8 -78H112M16 -150H104" />
      <path d="M8 -78 104 -150M112 -78 16 -150" strokeWidth="3.5" />
      <path d="M-170 -236H150" strokeWidth="9" />
      <path d="M60 -300 -160 -238M60 -300 146 -238M60 -300V-232" strokeWidth="3.5" />
      <rect x="66" y="-262" width="36" height="22" rx="3" fill="var(--scene-steel)" stroke="none" />
      {load ? (
        <g>
          <path d="M-124 -232V-168M-92 -232V-168" strokeWidth="2.5" />
          <g transform="translate(-145 -168)" stroke="none">
            <Crate x={0} y={0} paint={load} />
          </g>
        </g>
      ) : null}
    </g>
  );
}

/** The harbour at first light (or by night): a quay, its cranes, and a ship with a podium of crates on deck. */
export function HarbourScene({ className }: { className?: string }) {
  const waves = useMemo(() => {
    const lines: string[] = [];
    for (let row = 0; row < 9; row++) {
      const y = 476 + row * 22 + row * row * 1.2;
      const step = 46 + row * 10;
      for (let x = -40 + ((row * 67) % 90); x < 1640; x += step * 2.6)
        lines.push(`M${x} ${y}q${step / 4} -5 ${step / 2} 0t${step / 2} 0`);
    }
    return lines.join("");
  }, []);
  const left = 560;
  const deckY = 420;
  return (
    <svg viewBox="0 0 1600 620" preserveAspectRatio="xMidYMax slice" aria-hidden className={className}>
      <defs>
        <linearGradient id="scene-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--scene-sky-top)" />
          <stop offset="1" stopColor="var(--scene-sky-low)" />
        </linearGradient>
        <linearGradient id="scene-sea" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--scene-sea-top)" />
          <stop offset="1" stopColor="var(--scene-sea-low)" />
        </linearGradient>
        <radialGradient id="scene-glow">
          <stop offset="0" stopColor="var(--accent)" stopOpacity="0.5" />
          <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
        </radialGradient>
      </defs>
      <rect width="1600" height="470" fill="url(#scene-sky)" />
      <circle cx="1180" cy="410" r="330" fill="url(#scene-glow)" />
      <circle cx="1180" cy="420" r="92" fill="var(--accent)" />
      <path
        d="M0 452V404l150 -34 120 22 170 -52 190 60 160 -28 170 40 210 -50 190 46 140 -30 100 22V460H0Z"
        fill="var(--scene-hill-far)"
      />
      <path d="M0 462V436l230 -26 200 26 260 -34 290 36 220 -22 400 28V470H0Z" fill="var(--scene-hill)" />
      <rect y="458" width="1600" height="162" fill="url(#scene-sea)" />
      <g fill="var(--accent)" opacity="0.55">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <rect
            key={row}
            x={1180 - (86 - row * 6)}
            y={466 + row * 15}
            width={(86 - row * 6) * 2}
            height="3.5"
            rx="1.75"
            opacity={0.8 - row * 0.11}
          />
        ))}
      </g>
      <path d={waves} fill="none" stroke="var(--scene-wave)" strokeWidth="2" strokeLinecap="round" />

      {/* The ship */}
      <path
        d={`M${left - 60} ${deckY + 8}H${left + 690}l64 -26 -34 70q-9 20 -31 20H${left - 8}q-22 0 -31 -20Z`}
        fill="var(--scene-hull)"
      />
      <path d={`M${left - 54} ${deckY + 21}H${left + 708}`} stroke="var(--accent)" strokeWidth="5" />
      <path d={`M${left - 44} ${deckY + 46}H${left + 700}`} stroke="#fff" strokeOpacity="0.1" strokeWidth="2" />
      <text
        x={left + 590}
        y={deckY + 47}
        fontSize="20"
        fontWeight="700"
        letterSpacing="4"
        fill="#eef5fa"
        fontFamily="var(--font-latin)"
      >
        PODIUM
      </text>
      <g fill="var(--scene-tower)">
        <rect x={left - 40} y={deckY - 128} width="86" height="136" rx="4" />
        <rect x={left - 54} y={deckY - 140} width="114" height="16" rx="3" />
        <rect x={left - 16} y={deckY - 176} width="22" height="38" rx="2" fill="var(--accent)" />
      </g>
      <g fill="var(--scene-window)">
        {[0, 1, 2, 3].map((window) => (
          <rect key={window} x={left - 31 + window * 18} y={deckY - 114} width="12" height="12" rx="2" />
        ))}
        {[0, 1, 2].map((row) => (
          <g key={row}>
            <circle cx={left - 22} cy={deckY - 76 + row * 26} r="4.5" />
            <circle cx={left + 3} cy={deckY - 76 + row * 26} r="4.5" />
            <circle cx={left + 28} cy={deckY - 76 + row * 26} r="4.5" />
          </g>
        ))}
      </g>
      {DECK.map((stack, column) =>
        stack.map((paint, level) => (
          <Crate
            // biome-ignore lint/suspicious/noArrayIndexKey: a drawing does not change.
            key={`${column}-${level}`}
            x={left + 66 + column * (CRATE.width + CRATE.gap)}
            y={deckY + 8 - (level + 1) * (CRATE.height + CRATE.gap)}
            paint={PAINT[paint] ?? "var(--hull)"}
          />
        )),
      )}

      {/* The quay and its cranes */}
      <path d="M1330 466H1600V620H1290q26 -80 40 -154Z" fill="var(--scene-quay)" />
      <path d="M1330 466H1600v9H1328Z" fill="var(--scene-quay-edge)" />
      <Crane x={1410} y={468} load="var(--pending)" />
      <Crane x={1580} y={468} scale={0.82} />
      {[
        [1352, 436, 2],
        [1352, 403, 4],
      ].map(([x = 0, y = 0, paint = 0]) => (
        <Crate key={y} x={x} y={y} paint={PAINT[paint] ?? ""} />
      ))}

      {/* A lighthouse far out, and a small vessel on its way */}
      <g>
        <path d="M196 462 206 368h24l10 94Z" fill="var(--scene-light)" />
        <path d="M200.500 420h35l2.500 22h-40Z" fill="var(--accent)" />
        <rect x="203" y="352" width="30" height="17" rx="3" fill="var(--scene-window)" />
        <path d="M200 352 218 338 236 352Z" fill="var(--accent)" />
        <path d="M120 470q98 -30 200 0Z" fill="var(--scene-hill)" />
      </g>
      <g transform="translate(380 446)">
        <path d="M-8 0H104l10 -5 -8 20H6Z" fill="var(--scene-hull)" />
        <rect x="2" y="-16" width="14" height="16" fill="var(--scene-tower)" />
        {[0, 1, 2].map((one) => (
          <rect key={one} x={24 + one * 24} y={-11} width="21" height="10" rx="1" fill={PAINT[one + 1]} />
        ))}
      </g>
    </svg>
  );
}
