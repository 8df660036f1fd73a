"use client";

import clsx from "clsx";
import { Plus, SquareTerminal, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from "react";
import { podiumSocket } from "../data/socket";
import { IconButton } from "../design/button";
import { useLab, useLabSession } from "../lab/lab-context";
import { TerminalSearch } from "./terminal-search";
import { type TerminalHandle, TerminalView } from "./terminal-view";

const MAX_TERMINALS = 6;
const FIRST = "1";

export interface TerminalTabsHandle {
  focus(): void;
}

/** The lab's terminals as tabs. Those that the server already has are shown again after a reload. */
export function TerminalTabs({ ref, autoFocus }: { ref?: Ref<TerminalTabsHandle>; autoFocus?: boolean }) {
  const t = useTranslations("terminal");
  const session = useLabSession();
  const known = useLab((view) => view.terminals);
  const [ids, setIds] = useState<string[]>(session.readOnly ? [] : [FIRST]);
  const [active, setActive] = useState(FIRST);
  const [searching, setSearching] = useState(false);
  const handles = useRef(new Map<string, TerminalHandle>());

  useEffect(() => {
    setIds((mine) => [...mine, ...known.filter((id) => !mine.includes(id))].slice(0, MAX_TERMINALS));
  }, [known]);

  // Whoever looks on sees the terminals that there are, and opens none.
  useEffect(() => {
    if (session.readOnly && known[0] && !known.includes(active)) setActive(known[0]);
  }, [session, known, active]);

  const focus = useCallback(() => handles.current.get(active)?.focus(), [active]);
  useImperativeHandle(ref, () => ({ focus }), [focus]);

  const add = () => {
    const id = String(Math.max(0, ...ids.map(Number).filter(Number.isFinite)) + 1);
    setIds([...ids, id]);
    setActive(id);
  };
  const close = (id: string) => {
    podiumSocket().emit("terminal:close", { labId: session.labId, terminalId: id });
    handles.current.delete(id);
    const rest = ids.filter((other) => other !== id);
    setIds(rest);
    if (active === id) setActive(rest.at(-1) ?? FIRST);
  };

  return (
    <div className="flex h-full min-h-0 flex-col bg-terminal text-terminal-ink" data-testid="terminals">
      <div className="flex h-9 shrink-0 items-stretch border-terminal-line! border-b pl-1">
        <div role="tablist" aria-label={t("terminals")} className="flex min-w-0 items-stretch overflow-x-auto">
          {ids.map((id) => (
            <div
              key={id}
              className={clsx(
                "group relative flex items-center",
                "after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full",
                id === active ? "after:bg-accent" : "text-[#9db3c3]",
              )}
            >
              <button
                type="button"
                role="tab"
                aria-selected={id === active}
                data-testid={`terminal-tab-${id}`}
                onClick={() => {
                  setActive(id);
                  requestAnimationFrame(() => handles.current.get(id)?.focus());
                }}
                className="flex h-full items-center gap-1.5 whitespace-nowrap pr-2 pl-2.5 font-medium text-sm hover:text-[#fff]"
              >
                <SquareTerminal className="size-3.5" aria-hidden />
                {t("terminal", { id })}
              </button>
              {ids.length > 1 && !session.readOnly ? (
                <button
                  type="button"
                  aria-label={t("close", { id })}
                  onClick={() => close(id)}
                  className="mr-1 rounded-sm p-0.5 opacity-60 hover:bg-[#17303f] hover:opacity-100"
                >
                  <X className="size-3" aria-hidden />
                </button>
              ) : null}
            </div>
          ))}
        </div>
        {ids.length < MAX_TERMINALS && !session.readOnly ? (
          <IconButton
            label={t("new")}
            onClick={add}
            data-testid="terminal-new"
            className="my-auto ml-1 size-7! text-[#9db3c3]! hover:bg-[#17303f]! hover:text-[#fff]!"
          >
            <Plus className="size-4" />
          </IconButton>
        ) : null}
      </div>
      <div className="relative min-h-0 flex-1">
        {ids.map((id) => (
          <TerminalView
            key={id}
            labId={session.labId}
            terminalId={id}
            active={id === active}
            readOnly={session.readOnly}
            autoFocus={autoFocus || id !== FIRST}
            label={t("terminal", { id })}
            onReady={(handle) => handles.current.set(id, handle)}
            onSearch={() => setSearching(true)}
            onEnter={() => session.noteAction()}
          />
        ))}
        {ids.length === 0 ? <p className="p-4 text-[#9db3c3] text-sm">{t("none")}</p> : null}
        {searching ? (
          <TerminalSearch
            search={handles.current.get(active)?.search}
            onClose={() => {
              setSearching(false);
              focus();
            }}
          />
        ) : null}
      </div>
    </div>
  );
}
