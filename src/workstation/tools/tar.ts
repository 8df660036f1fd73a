import type { Tool } from "./tool";

const COMPRESSED = /^(-?[a-zA-Z]*[zJj][a-zA-Z]*|--(gzip|gunzip|xz|bzip2|zstd))$/;

/** Plain archives are our own; what is compressed goes to the tool that knows how. */
export const tarTool = (plain: Tool, compressed: Tool): Tool => ({
  name: "tar",
  run: (context) => {
    const [, first = "", ...rest] = context.argv;
    const words = [first, ...rest.filter((word) => word.startsWith("-"))];
    return words.some((word) => COMPRESSED.test(word)) ? compressed.run(context) : plain.run(context);
  },
});
