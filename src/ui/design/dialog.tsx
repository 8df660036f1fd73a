"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";

interface Parts {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  className?: string;
}

const veil = "fixed inset-0 z-40 animate-fade bg-[rgb(4_14_22/0.55)]";

export function Dialog({ open, onOpenChange, title, description, children, className }: Parts) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center p-4">
          <Radix.Content
            {...(description ? {} : { "aria-describedby": undefined })}
            className={clsx(
              "pointer-events-auto flex max-h-[calc(100dvh-2rem)] w-full max-w-md animate-rise flex-col",
              "overflow-hidden rounded-xl border border-line bg-raised shadow-high",
              className,
            )}
          >
            <Head title={title} description={description} />
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A panel from the right that leaves the rest of the page usable. */
export function Drawer({ open, onOpenChange, title, description, children, className }: Parts) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Portal>
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onInteractOutside={(event) => event.preventDefault()}
          className={clsx(
            "fixed inset-y-0 right-0 z-40 flex w-full max-w-lg animate-slide flex-col",
            "border-line border-l bg-raised shadow-high",
            className,
          )}
        >
          <Head title={title} description={description} />
          <div className="flex min-h-0 flex-1 flex-col">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Head({ title, description }: Pick<Parts, "title" | "description">) {
  const t = useTranslations("common");
  return (
    <div className="flex items-start gap-3 px-5 pt-4 pb-3">
      <div className="min-w-0 flex-1">
        <Radix.Title className="truncate font-semibold text-lg">{title}</Radix.Title>
        {description ? <Radix.Description className="text-ink-3 text-sm">{description}</Radix.Description> : null}
      </div>
      <Radix.Close asChild>
        <IconButton label={t("close")} className="-mr-2">
          <X className="size-4" />
        </IconButton>
      </Radix.Close>
    </div>
  );
}
