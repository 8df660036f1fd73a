"use client";

import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "../design/button";
import { FieldNote, inputClass } from "../design/field";

export const normalCode = (typed: string) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** The code from the projector, typed in. */
export function JoinCodeForm({ className }: { className?: string }) {
  const t = useTranslations("join");
  const router = useRouter();
  const id = useId();
  const [code, setCode] = useState("");
  const [error, setError] = useState(false);
  return (
    <form
      className={clsx("flex flex-col gap-1.5", className)}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = normalCode(code);
        if (typed.length < 4) setError(true);
        else router.push(`/join/${typed}`);
      }}
    >
      <label htmlFor={id} className="font-medium text-sm">
        {t("codeLabel")}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={code}
          onChange={(event) => {
            setError(false);
            setCode(event.target.value.toUpperCase());
          }}
          aria-invalid={error || undefined}
          placeholder="ABC123"
          autoComplete="off"
          spellCheck={false}
          maxLength={12}
          data-testid="join-code"
          className={clsx(inputClass, "h-11 w-36! font-mono text-lg uppercase tracking-[0.12em]")}
        />
        <Button type="submit" className="h-11!" data-testid="join-code-submit">
          {t("go")}
        </Button>
      </div>
      <FieldNote error={error ? t("codeError") : undefined} />
    </form>
  );
}
