import type { Component } from "../component";

export const controllers: readonly Component[] = [];
