import type { ITheme } from "@xterm/xterm";

/** Deep water in both themes; each colour is at least 4.5:1 on the ground, but for black. */
export const terminalTheme: ITheme = {
  background: "#071521",
  foreground: "#dbe7ef",
  cursor: "#ff7a2b",
  cursorAccent: "#071521",
  selectionBackground: "#2a5573",
  black: "#1b3345",
  red: "#ff7f76",
  green: "#5fd19c",
  yellow: "#f0c160",
  blue: "#6fb4f8",
  magenta: "#d3a0f5",
  cyan: "#5fcfd6",
  white: "#c9d8e3",
  brightBlack: "#8299aa",
  brightRed: "#ffa39c",
  brightGreen: "#86e3b6",
  brightYellow: "#ffd98a",
  brightBlue: "#98cbff",
  brightMagenta: "#e4c0ff",
  brightCyan: "#8de4ea",
  brightWhite: "#ffffff",
};

export const terminalFont = '"IBM Plex Mono", ui-monospace, Menlo, Consolas, monospace';
