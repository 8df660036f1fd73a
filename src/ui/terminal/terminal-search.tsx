"use client";

import type { SearchAddon } from "@xterm/addon-search";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "../design/button";

const decorations = {
  matchOverviewRuler: "#6fb4f8",
  activeMatchColorOverviewRuler: "#ff7a2b",
  matchBackground: "#1c4463",
  activeMatchBackground: "#8a3f12",
};

export function TerminalSearch({ search, onClose }: { search?: SearchAddon; onClose: () => void }) {
  const t = useTranslations("terminal");
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    return () => search?.clearDecorations();
  }, [search]);
  return (
    <div className="absolute top-2 right-4 flex animate-fade items-center gap-1 rounded-lg border border-line bg-raised p-1 text-ink shadow-high">
      <input
        ref={input}
        value={text}
        aria-label={t("search")}
        placeholder={t("search")}
        className="h-7 w-44 bg-transparent px-2 text-sm outline-none"
        onChange={(event) => {
          setText(event.target.value);
          search?.findNext(event.target.value, { incremental: true, decorations });
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          if (event.key === "Enter")
            event.shiftKey ? search?.findPrevious(text, { decorations }) : search?.findNext(text, { decorations });
        }}
      />
      <IconButton label={t("previous")} className="size-7!" onClick={() => search?.findPrevious(text, { decorations })}>
        <ChevronUp className="size-4" />
      </IconButton>
      <IconButton label={t("next")} className="size-7!" onClick={() => search?.findNext(text, { decorations })}>
        <ChevronDown className="size-4" />
      </IconButton>
      <IconButton label={t("closeSearch")} className="size-7!" onClick={onClose}>
        <X className="size-4" />
      </IconButton>
    </div>
  );
}
