import { test as base, expect } from "@playwright/test";
import { PodiumServer } from "./server";

export { expect };

/** Tests of one file share a server: `import { expect, test } from "./support/podium"`. */
export const test = base.extend<{ baseURL: string }, { podium: PodiumServer }>({
  podium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
    async ({}, use) => {
      const server = await PodiumServer.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 150_000 },
  ],
  baseURL: async ({ podium }, use) => use(podium.url),
});
