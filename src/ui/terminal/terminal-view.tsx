"use client";

import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import clsx from "clsx";
import { useEffect, useRef } from "react";
import { ask, podiumSocket } from "../data/socket";
import { pageKeeps } from "./terminal-keys";
import { terminalFont, terminalTheme } from "./terminal-theme";

const SCROLLBACK_LINES = 5_000;
const FONT_WAIT_MS = 250;
/** Eighty columns in the larger type. */
const COMFORTABLE_WIDTH = 650;

export interface TerminalHandle {
  focus(): void;
  search: SearchAddon;
}

/** One xterm on one of the lab's terminals. It opens itself again after a reconnect, from the server's scrollback. */
export function TerminalView({
  labId,
  terminalId,
  active,
  readOnly = false,
  autoFocus = false,
  label,
  onReady,
  onSearch,
  onEnter,
}: {
  labId: string;
  terminalId: string;
  active: boolean;
  readOnly?: boolean;
  autoFocus?: boolean;
  label: string;
  onReady?: (handle: TerminalHandle) => void;
  onSearch?: () => void;
  onEnter?: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const handle = useRef<TerminalHandle>(undefined);
  const latest = useRef({ onReady, onSearch, onEnter, autoFocus, active });
  latest.current = { onReady, onSearch, onEnter, autoFocus, active };

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let gone = false;
    let stop = () => {};
    const begin = () => {
      if (gone) return;
      const terminal = new Terminal({
        allowProposedApi: true,
        fontFamily: terminalFont,
        fontSize: 13,
        lineHeight: 1.25,
        theme: terminalTheme,
        scrollback: SCROLLBACK_LINES,
        cursorBlink: false,
        cursorStyle: readOnly ? "underline" : "block",
        disableStdin: readOnly,
        macOptionIsMeta: true,
        minimumContrastRatio: 4.5,
        screenReaderMode: false,
      });
      const fit = new FitAddon();
      const search = new SearchAddon();
      terminal.loadAddon(fit);
      terminal.loadAddon(search);
      terminal.loadAddon(new Unicode11Addon());
      terminal.loadAddon(new WebLinksAddon());
      terminal.unicode.activeVersion = "11";
      terminal.attachCustomKeyEventHandler((event) => {
        if (event.ctrlKey && event.shiftKey && event.code === "KeyF") {
          if (event.type === "keydown") latest.current.onSearch?.();
          event.preventDefault();
          return false;
        }
        return !pageKeeps(event);
      });
      terminal.open(element);
      terminal.textarea?.setAttribute("aria-label", label);
      handle.current = { focus: () => terminal.focus(), search };
      latest.current.onReady?.(handle.current);
      terminal.onData((data) => data.includes("\r") && latest.current.onEnter?.());
      stop = attach(terminal, fit, element, { labId, terminalId, readOnly });
      void font.then(() => {
        if (gone) return;
        // Measured anew if the font came after all: only a changed option makes xterm do so.
        terminal.options.fontFamily = "monospace";
        terminal.options.fontFamily = terminalFont;
        fit.fit();
      });
      if (latest.current.autoFocus && latest.current.active) terminal.focus();
    };
    // Cells are measured when the terminal opens: wait for its font, but not for long.
    const font = document.fonts?.load('13px "IBM Plex Mono"') ?? Promise.resolve();
    void Promise.race([font, new Promise((resolve) => setTimeout(resolve, FONT_WAIT_MS))]).then(begin, begin);
    return () => {
      gone = true;
      handle.current = undefined;
      stop();
    };
  }, [labId, terminalId, readOnly, label]);

  return (
    <div
      data-testid={`terminal-${terminalId}`}
      className={clsx("absolute inset-0 overflow-hidden bg-terminal p-2 pr-0.5", !active && "invisible")}
    >
      <div ref={box} className="size-full" />
    </div>
  );
}

function attach(
  terminal: Terminal,
  fit: FitAddon,
  element: HTMLElement,
  { labId, terminalId, readOnly }: { labId: string; terminalId: string; readOnly: boolean },
): () => void {
  const socket = podiumSocket();
  const size = () => ({ columns: terminal.cols, rows: terminal.rows });
  const fitNow = () => {
    if (element.clientWidth <= 40 || element.clientHeight <= 20) return;
    terminal.options.fontSize = element.clientWidth < COMFORTABLE_WIDTH ? 12 : 13;
    fit.fit();
  };
  fitNow();
  let opened = false;
  let early = "";
  const open = async () => {
    opened = false;
    early = "";
    try {
      const answer = await ask("terminal:open", { labId, terminalId, ...size() });
      terminal.reset();
      terminal.write(answer.scrollback + early);
      if (answer.readOnly) terminal.options.disableStdin = true;
      opened = true;
    } catch (cause) {
      terminal.write(`\r\n\x1b[33m${cause instanceof Error ? cause.message : cause}\x1b[0m\r\n`);
    }
  };
  const onOutput = (output: { labId: string; terminalId: string; data: string }) => {
    if (output.labId !== labId || output.terminalId !== terminalId) return;
    // What comes while the scrollback is on its way belongs after it.
    if (opened) terminal.write(output.data);
    else early += output.data;
  };
  const onConnect = () => void open();
  socket.on("terminal:output", onOutput);
  socket.on("connect", onConnect);
  if (socket.connected) void open();
  if (!readOnly) terminal.onData((data) => socket.emit("terminal:input", { labId, terminalId, data }));
  terminal.onResize(({ cols, rows }) => {
    if (!readOnly) socket.emit("terminal:resize", { labId, terminalId, columns: cols, rows });
  });
  const observer = new ResizeObserver(() => requestAnimationFrame(fitNow));
  observer.observe(element);
  return () => {
    observer.disconnect();
    socket.off("terminal:output", onOutput);
    socket.off("connect", onConnect);
    terminal.dispose();
  };
}
