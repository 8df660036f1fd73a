"use client";

import clsx from "clsx";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "./button";

export function CopyButton({ text, className }: { text: string; className?: string }) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <IconButton label={copied ? t("copied") : t("copy")} onClick={copy} className={clsx("size-7!", className)}>
      {copied ? <Check className="size-3.5 text-running-text" /> : <Copy className="size-3.5" />}
    </IconButton>
  );
}

/** A command as one would type it, ready to be taken along. */
export function CommandLine({ command }: { command: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md bg-terminal py-1 pr-1 pl-3 text-terminal-ink">
      <code className="min-w-0 flex-1 whitespace-pre-wrap py-1 font-mono text-xs [overflow-wrap:anywhere]">
        <span aria-hidden className="select-none opacity-60">
          ${" "}
        </span>
        {command}
      </code>
      <CopyButton text={command} className="text-terminal-ink! hover:bg-[#12293a]!" />
    </div>
  );
}
