"use client";

import { CloudOff, Snowflake } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Spinner } from "../design/button";
import { useLab } from "./lab-context";

const PATIENCE_MS = 700;

/** Says that the line is down, and goes by itself when it is up again. */
export function ConnectionBanner() {
  const t = useTranslations("connection");
  const connection = useLab((view) => view.connection);
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (connection === "live") return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connection]);
  if (connection === "live" || !late) return null;
  return (
    <div
      role="status"
      data-testid="reconnecting"
      className="flex animate-fade items-center justify-center gap-2 bg-accent px-4 py-1.5 font-medium text-accent-ink text-sm"
    >
      {connection === "lost" ? <CloudOff className="size-4" aria-hidden /> : <Spinner className="size-3.5!" />}
      {connection === "lost" ? t("lost") : t("connecting")}
    </div>
  );
}

/** Says why nothing that is typed arrives: the instructor wants to be listened to. */
export function FrozenBanner() {
  const t = useTranslations("connection");
  const frozen = useLab((view) => view.frozen);
  if (!frozen) return null;
  return (
    <div
      role="status"
      data-testid="input-frozen"
      className="flex animate-fade items-center justify-center gap-2 bg-pending-soft px-4 py-1.5 font-medium text-pending-text text-sm"
    >
      <Snowflake className="size-4" aria-hidden />
      {t("frozen")}
    </div>
  );
}
