"use client";

import clsx from "clsx";
import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

export const inputClass =
  "w-full rounded-md border border-line-strong bg-surface px-3 text-ink placeholder:text-ink-3 " +
  "hover:border-ink-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent " +
  "aria-invalid:border-failing disabled:opacity-60";

/** A label above, the control, and beside it what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  className,
  inputClassName,
  ...rest
}: Omit<ComponentProps<"input">, "id"> & { label: string; hint?: ReactNode; error?: string; inputClassName?: string }) {
  const id = useId();
  return (
    <div className={clsx("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-sm text-ink-2">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={clsx(inputClass, "h-10", inputClassName)}
        {...rest}
      />
      <FieldNote id={`${id}-note`} hint={hint} error={error} />
    </div>
  );
}

export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...rest
}: Omit<ComponentProps<"select">, "id"> & { label: string; hint?: ReactNode; error?: string }) {
  const id = useId();
  return (
    <div className={clsx("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-sm text-ink-2">
        {label}
      </label>
      <select id={id} aria-invalid={error ? true : undefined} className={clsx(inputClass, "h-10")} {...rest}>
        {children}
      </select>
      <FieldNote id={`${id}-note`} hint={hint} error={error} />
    </div>
  );
}

export function FieldNote({ id, hint, error }: { id?: string; hint?: ReactNode; error?: string }) {
  if (error) {
    return (
      <p id={id} role="alert" className="flex items-start gap-1.5 text-failing-text text-sm">
        <CircleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
        {error}
      </p>
    );
  }
  return hint ? (
    <p id={id} className="text-ink-3 text-sm">
      {hint}
    </p>
  ) : null;
}

/** What went wrong with a form as a whole. */
export function FormError({ children }: { children?: ReactNode }) {
  if (!children) return null;
  return (
    <div
      role="alert"
      className="flex items-start gap-2 rounded-md border border-failing bg-failing-soft px-3 py-2 text-failing-text text-sm"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>{children}</span>
    </div>
  );
}
