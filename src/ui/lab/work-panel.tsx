"use client";

import { FilePen } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { useRemembered } from "../data/remembered";
import { Divider } from "../design/split";
import { Tooltip } from "../design/tooltip";
import { EditorPane } from "../editor/editor-pane";
import type { TerminalTabsHandle } from "../terminal/terminal-tabs";
import { useLab, useLabSession } from "./lab-context";

const TerminalTabs = dynamic(() => import("../terminal/terminal-tabs").then((module) => module.TerminalTabs), {
  ssr: false,
  loading: () => <div className="size-full bg-terminal" />,
});

export interface WorkHandle {
  focus(): void;
}

/** Terminals, and the editor above them while it is wanted. */
export function WorkPanel({
  ref,
  editorOpen,
  onEditor,
}: {
  ref?: Ref<WorkHandle>;
  editorOpen: boolean;
  onEditor: (open: boolean) => void;
}) {
  const t = useTranslations("editor");
  const session = useLabSession();
  const editing = useLab((view) => view.edits.length > 0);
  const [height, setHeight] = useRemembered("lab.editor-height", 340);
  const terminals = useRef<TerminalTabsHandle>(null);
  const wasEditing = useRef(false);
  const shown = (editorOpen || editing) && !session.readOnly;
  useImperativeHandle(ref, () => ({ focus: () => terminals.current?.focus() }), []);
  useEffect(() => {
    if (wasEditing.current && !editing) terminals.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  return (
    <div className="relative flex h-full min-h-0 flex-col bg-terminal">
      {shown ? (
        <>
          <div className="min-h-0 shrink-0" style={{ height: `min(${height}px, 75%)` }}>
            <EditorPane onClose={() => onEditor(false)} onEditDone={() => terminals.current?.focus()} />
          </div>
          <Divider label={t("resize")} value={height} min={140} max={720} vertical={false} onChange={setHeight} />
        </>
      ) : null}
      <div className="relative min-h-0 flex-1">
        <TerminalTabs ref={terminals} autoFocus />
        {session.readOnly ? null : (
          <Tooltip label={t("open")} keys="E">
            <button
              type="button"
              onClick={() => onEditor(!editorOpen)}
              aria-pressed={shown}
              data-testid="editor-toggle"
              className="absolute top-1 right-1.5 flex h-7 items-center gap-1.5 rounded-md px-2 font-medium text-[#9db3c3] text-sm hover:bg-[#17303f] hover:text-[#fff] aria-pressed:text-accent"
            >
              <FilePen className="size-3.5" aria-hidden />
              {t("files")}
            </button>
          </Tooltip>
        )}
      </div>
    </div>
  );
}
