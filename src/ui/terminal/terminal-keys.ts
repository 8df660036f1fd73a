interface Keys {
  key: string;
  ctrlKey: boolean;
  shiftKey: boolean;
}

/** Keys that belong to the page even while one types. Everything else, Ctrl-C, -R, -L and Tab above all, is the shell's. */
export function pageKeeps(event: Keys): boolean {
  return event.ctrlKey && event.shiftKey && event.key.startsWith("Arrow");
}
