"use client";

import clsx from "clsx";
import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";

export const Tabs = Radix.Root;

export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={clsx("flex items-center gap-0.5", className)} {...rest} />;
}

export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={clsx(
        "relative inline-flex h-9 rounded-md focus-visible:-outline-offset-2 items-center gap-1.5 px-2.5 font-medium text-ink-3 text-sm transition-colors hover:text-ink",
        "after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full after:bg-transparent",
        "data-[state=active]:text-ink data-[state=active]:after:bg-accent",
        className,
      )}
      {...rest}
    />
  );
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={clsx("min-h-0 focus-visible:outline-none", className)} {...rest} />;
}
