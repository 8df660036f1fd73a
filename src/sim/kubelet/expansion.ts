/** Replaces `$(NAME)` by its value; `$$` stands for one dollar sign, and an unknown name stays as it was written. */
export function expand(text: string, lookUp: (name: string) => string | undefined): string {
  if (!text.includes("$")) return text;
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return "$";
    return lookUp(name) ?? whole;
  });
}
