"use client";

import { useTranslations } from "next-intl";
import { Kbd } from "../design/card";
import { Dialog } from "../design/dialog";

const groups = {
  move: [
    ["regions", ["Ctrl", "Shift", "←", "→"]],
    ["brief", ["1"]],
    ["terminal", ["2"]],
    ["cluster", ["3"]],
    ["mapArrows", ["←", "↑", "→", "↓"]],
    ["mapOpen", ["Enter"]],
  ],
  time: [
    ["pause", ["P"]],
    ["skip10", ["+"]],
    ["skip60", ["M"]],
    ["nextChange", ["N"]],
  ],
  act: [
    ["undo", ["U"]],
    ["check", ["C"]],
    ["hand", ["H"]],
    ["editor", ["E"]],
    ["search", ["Ctrl", "Shift", "F"]],
    ["save", ["Ctrl", "S"]],
    ["nextChallenge", ["G"]],
    ["sheet", ["?"]],
  ],
} as const;

export function KeysSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("keys");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} description={t("text")} className="max-w-lg!">
      <div className="flex flex-col gap-4" data-testid="keys-sheet">
        {(["move", "time", "act"] as const).map((group) => (
          <section key={group}>
            <h3 className="mb-1 font-semibold text-ink-3 text-xs">{t(group)}</h3>
            <ul>
              {groups[group].map(([name, keys]) => (
                <li
                  key={name}
                  className="flex items-center justify-between border-line border-b py-1.5 text-sm last:border-0"
                >
                  {t(name)}
                  <span className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
