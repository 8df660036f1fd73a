export * from "./columns";
export * from "./containers";
export * from "./duration";
export * from "./selector";
