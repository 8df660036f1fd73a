"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import { LabSession } from "./lab-session";
import type { LabView } from "./lab-view";

const Context = createContext<LabSession | undefined>(undefined);

/** Opens a lab for everything below it. */
export function LabProvider({ labId, readOnly, children }: { labId: string; readOnly?: boolean; children: ReactNode }) {
  const session = useMemo(() => new LabSession(labId, readOnly), [labId, readOnly]);
  useEffect(() => session.start(), [session]);
  return <Context value={session}>{children}</Context>;
}

export function useLabSession(): LabSession {
  const session = useContext(Context);
  if (!session) throw new Error("useLabSession needs a LabProvider above it");
  return session;
}

/** A part of the lab's view; renders again only when that part is another value. */
export function useLab<T>(select: (view: LabView) => T): T {
  const session = useLabSession();
  const read = () => select(session.current());
  return useSyncExternalStore(session.subscribe, read, read);
}
