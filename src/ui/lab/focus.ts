/** The three regions and how keys move between them. */
export const regions = ["brief", "work", "cluster"] as const;
export type Region = (typeof regions)[number];

/** The region that lies in an arrow's direction; the ends do not wrap. */
export function regionToward(from: Region, key: string): Region {
  const step = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  const index = regions.indexOf(from) + step;
  return regions[Math.max(0, Math.min(regions.length - 1, index))] ?? from;
}

/** Whether an element takes letters for itself, so that the page's one-letter keys must keep silent. */
export function takesLetters(element: Element | null): boolean {
  if (!element) return false;
  const tag = element.tagName;
  return (
    tag === "INPUT" ||
    tag === "TEXTAREA" ||
    tag === "SELECT" ||
    (element as HTMLElement).isContentEditable ||
    element.closest('[role="menu"],[role="dialog"]') !== null
  );
}
