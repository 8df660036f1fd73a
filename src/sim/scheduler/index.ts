import type { Component } from "../component";

export const scheduler: Component = { name: "default-scheduler" };
