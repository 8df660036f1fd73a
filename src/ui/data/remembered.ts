"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const cache = new Map<string, { raw: string | null; value: unknown }>();

function read<T>(key: string, fallback: T): T {
  let raw: string | null = null;
  try {
    raw = localStorage.getItem(key);
  } catch {
    // Storage may be forbidden; then nothing is remembered.
  }
  const known = cache.get(key);
  if (known && known.raw === raw) return known.value as T;
  let value = fallback;
  if (raw !== null) {
    try {
      value = JSON.parse(raw) as T;
    } catch {
      value = fallback;
    }
  }
  cache.set(key, { raw, value });
  return value;
}

/** State that this browser remembers: sizes of regions, the tab that was open. */
export function useRemembered<T>(name: string, fallback: T): [T, (value: T) => void] {
  const key = `podium.${name}`;
  const value = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(key, fallback),
    () => fallback,
  );
  const set = useCallback(
    (next: T) => {
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        cache.set(key, { raw: null, value: next });
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, set];
}

/** Whether the window matches a media query; `fallback` on the server. */
export function useMedia(query: string, fallback = false): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
    () => fallback,
  );
}
