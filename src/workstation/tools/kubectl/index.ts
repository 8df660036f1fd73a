import type { Tool } from "../tool";
import { complete } from "./completion";
import { dispatch } from "./dispatch";

/** The command-line client of the cluster's API, as of 1.33. */
export const kubectl: Tool = { name: "kubectl", run: dispatch, complete };
