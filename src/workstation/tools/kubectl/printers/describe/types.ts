import type { Writer } from "./writer";

/** What a describer may look up around its object. */
export interface World {
  nowMs: number;
  /** Events about an object; undefined where they are not to be shown. */
  events(object: any): Promise<any[] | undefined>;
  /** Objects of a kind; empty where the server does not serve it. */
  list(resource: string, namespace?: string, selectors?: { labels?: string; fields?: string }): Promise<any[]>;
  get(resource: string, namespace: string | undefined, name: string): Promise<any>;
}

export type Describer = (w: Writer, object: any, world: World) => Promise<void>;
