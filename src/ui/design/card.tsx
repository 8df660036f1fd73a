import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={clsx("rounded-lg border border-line bg-surface shadow-low", className)} {...rest} />;
}

export function Badge({
  tone = "neutral",
  className,
  ...rest
}: ComponentProps<"span"> & { tone?: "neutral" | "accent" | "running" | "pending" | "failing" }) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1 whitespace-nowrap rounded-sm px-1.5 py-0.5 font-medium text-xs",
        tone === "neutral" && "bg-sunken text-ink-2",
        tone === "accent" && "bg-accent-soft text-accent-text",
        tone === "running" && "bg-running-soft text-running-text",
        tone === "pending" && "bg-pending-soft text-pending-text",
        tone === "failing" && "bg-failing-soft text-failing-text",
        className,
      )}
      {...rest}
    />
  );
}

export function Skeleton({ className, ...rest }: ComponentProps<"div">) {
  return <div aria-hidden className={clsx("animate-wait rounded-md bg-sunken", className)} {...rest} />;
}

/** Says what would stand here and what to do so that it does. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={clsx("flex flex-col items-center gap-2 px-6 py-10 text-center", className)}>
      {icon ? <div className="mb-1 text-ink-3 [&_svg]:size-7">{icon}</div> : null}
      <p className="font-semibold text-ink">{title}</p>
      {children ? <p className="max-w-sm text-ink-3 text-sm">{children}</p> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1 font-mono text-2xs text-ink-2">
      {children}
    </kbd>
  );
}
