import clsx from "clsx";

/** Three crates stacked as a winners' podium on a hull. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={clsx("size-7", className)}>
      <rect x="11.2" y="4" width="9.6" height="8" rx="1.2" fill="var(--accent)" />
      <rect x="5" y="12.6" width="9.6" height="8" rx="1.2" fill="currentColor" opacity="0.55" />
      <rect x="17.4" y="12.6" width="9.6" height="8" rx="1.2" fill="currentColor" opacity="0.8" />
      <path d="M1.5 21.6h29l-3.2 6.2a2 2 0 0 1-1.8 1.1h-19a2 2 0 0 1-1.8-1.1Z" fill="currentColor" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={clsx("inline-flex items-center gap-2 font-bold text-lg tracking-tight", className)}>
      <LogoMark />
      Podium
    </span>
  );
}
