"use client";

import { useEffect } from "react";

/** The lab page's code, the socket and the terminal's font are on their way before anybody clicks. */
export function usePrefetchLab(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      void import("./lab-page");
      void import("../terminal/terminal-view");
      void document.fonts?.load('13px "IBM Plex Mono"');
    }, 200);
    return () => clearTimeout(timer);
  }, []);
}
