import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

type Variant = "primary" | "secondary" | "ghost" | "danger";
type Size = "sm" | "md" | "lg" | "icon";

const variants: Record<Variant, string> = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover font-semibold shadow-low",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-hover font-medium",
  ghost: "text-ink-2 hover:bg-hover hover:text-ink font-medium",
  danger: "bg-surface text-failing-text border border-failing hover:bg-failing-soft font-medium",
};

const sizes: Record<Size, string> = {
  sm: "h-8 px-3 text-sm gap-1.5 rounded-md",
  md: "h-10 px-4 text-base gap-2 rounded-md",
  lg: "h-13 px-6 text-lg gap-2.5 rounded-lg",
  icon: "size-8 rounded-md text-sm",
};

export function buttonClass(variant: Variant = "secondary", size: Size = "md", className?: string): string {
  return clsx(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap transition-colors duration-150",
    "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55",
    variants[variant],
    sizes[size],
    className,
  );
}

interface Looks {
  variant?: Variant;
  size?: Size;
}

/** `busy` keeps the button's width and says that something is under way. */
export function Button({
  variant,
  size,
  className,
  busy,
  disabled,
  children,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Looks & { busy?: boolean }) {
  return (
    <button
      type={type}
      className={clsx(buttonClass(variant, size, className), "relative")}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner className="absolute" /> : null}
      <span className={clsx("inline-flex items-center gap-[inherit]", busy && "invisible")}>{children}</span>
    </button>
  );
}

export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Looks) {
  return <Link className={buttonClass(variant, size, className)} {...rest} />;
}

export function IconButton({
  label,
  children,
  className,
  variant = "ghost",
  ...rest
}: ComponentProps<"button"> & { label: string; children: ReactNode; variant?: Variant }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={buttonClass(variant, "icon", className)}
      {...rest}
    >
      {children}
    </button>
  );
}

export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx("size-4 animate-spin rounded-full border-2 border-current border-r-transparent", className)}
    />
  );
}
