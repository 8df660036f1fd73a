import type { Program } from "../program";

/** Programs by the name that images give. */
export const programs: Record<string, Program> = {};
