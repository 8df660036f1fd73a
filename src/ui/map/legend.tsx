"use client";

import { useTranslations } from "next-intl";
import { StateMark } from "../design/state-mark";

export function Legend() {
  const t = useTranslations("state");
  return (
    <ul className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-t bg-surface px-3 py-1.5 text-ink-2 text-xs">
      {(["running", "pending", "failing", "terminating"] as const).map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <StateMark state={state} />
          {t(state)}
        </li>
      ))}
    </ul>
  );
}
