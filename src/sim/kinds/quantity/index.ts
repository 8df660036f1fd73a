export * from "./quantity";
