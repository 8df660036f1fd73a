"use client";

import { Maximize2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { CopyButton } from "../design/copy";
import { Dialog } from "../design/dialog";

/** The code as it is read out; a click shows it to the whole room. */
export function JoinCode({ code, large = false }: { code: string; large?: boolean }) {
  const t = useTranslations("joinCode");
  const [open, setOpen] = useState(false);
  const [origin, setOrigin] = useState("");
  useEffect(() => setOrigin(location.origin), []);
  const address = `${origin}/join/${code}`;
  if (large) {
    return (
      <div className="flex flex-col items-center gap-2">
        <p className="font-bold font-mono text-6xl tracking-[0.14em]" data-testid="join-code-large">
          {code}
        </p>
        <p className="flex items-center gap-1 text-ink-2">
          {address}
          <CopyButton text={address} />
        </p>
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        data-testid="join-code-show"
        aria-label={t("show", { code })}
        className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 font-mono font-semibold text-sm tracking-widest hover:bg-hover"
      >
        {code}
        <Maximize2 className="size-3.5 text-ink-3" aria-hidden />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t("title")} className="max-w-4xl!">
        <div className="flex flex-col items-center gap-3 py-8 text-center">
          <p className="text-2xl text-ink-2">{origin.replace(/^https?:\/\//, "")}/join</p>
          <p
            className="font-bold font-mono text-[clamp(3rem,13vw,9rem)] leading-none tracking-[0.12em]"
            data-testid="join-code-large"
          >
            {code}
          </p>
          <p className="mt-4 flex items-center gap-1 text-ink-2">
            {address}
            <CopyButton text={address} />
          </p>
        </div>
      </Dialog>
    </>
  );
}
