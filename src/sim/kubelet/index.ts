import type { Component } from "../component";
import { kubeletComponent } from "./kubelet";

export const kubelet: readonly Component[] = [kubeletComponent];
