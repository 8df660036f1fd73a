"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { podiumSocket } from "../data/socket";
import { notify } from "../design/toast";

/** What the server has to say to this person, as toasts. Only pages that hold a socket anyway listen. */
export function Notices() {
  const path = usePathname();
  const live = path.startsWith("/labs/") || path.startsWith("/classes/");
  useEffect(() => {
    if (!live) return;
    const socket = podiumSocket();
    socket.on("notice", notify);
    return () => {
      socket.off("notice", notify);
    };
  }, [live]);
  return null;
}
