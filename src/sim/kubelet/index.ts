import type { Component } from "../component";

export const kubelet: readonly Component[] = [];
